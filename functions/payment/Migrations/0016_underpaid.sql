-- What was paid too little is found among all that was paid, until it has gone back.

create index gateway_invoice_short on gateway_invoice (id) where paid_amount is not null and status in ('open', 'stale');
