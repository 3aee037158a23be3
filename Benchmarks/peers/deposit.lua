-- One deposit after another, spread over the accounts; made beforehand, so that the load costs little of what it measures.
local requests = {}

init = function()
  for account = 1, 1000 do
    requests[account] = wrk.format(
      "POST", nil, { ["content-type"] = "application/json" }, '{"account":' .. account .. ',"amount":5}')
  end
end

request = function() return requests[math.random(1000)] end
