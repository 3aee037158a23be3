-- One deposit after another, spread over the accounts.
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
request = function()
  return wrk.format(nil, nil, nil, '{"account":' .. math.random(1000) .. ',"amount":5}')
end
