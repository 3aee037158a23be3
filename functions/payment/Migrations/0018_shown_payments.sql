-- A payment as callers see it, ready to be answered: whoever waits for it to be paid asks again and again.

-- A time as all answers write it.
create function shown_time(at timestamptz) returns text language sql stable as $$
  select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Only an open invoice is shown, since nobody is to pay one that was left or has ended. What the provider is to collect is
-- worked out, since a generated column is empty while a row is being written.
create function shown_payment(it payment) returns json language sql stable as $$
  select row_to_json(shown) from (
    select it.id, it.payment_number "paymentNumber", it.purpose,
      case when it.purpose = 'order' then it.reference_id end "orderId", it.order_number "orderNumber",
      it.reference_id "referenceId", it.status, it.merchandise_amount "merchandiseAmount",
      it.platform_discount "platformDiscount", it.shipping_amount "shippingAmount",
      it.shipping_discount "shippingDiscount", it.tax_amount "taxAmount", it.fee_amount "feeAmount", it.amount,
      it.wallet_amount "walletAmount", it.amount - it.wallet_amount "gatewayAmount",
      it.refunded_amount "refundedAmount", it.channel, (
        select row_to_json(invoice) from (
          select url, shown_time(expires_at) "expiresAt", status from gateway_invoice
          where id = it.invoice_id and status = 'open' and url is not null
        ) invoice
      ) invoice, shown_time(it.expires_at) "expiresAt", shown_time(it.paid_at) "paidAt", array_to_json(array(
        select row_to_json(line) from (
          select id, seller_id "sellerId", merchandise_amount "merchandiseAmount",
            platform_discount "platformDiscount", shipping_amount "shippingAmount",
            shipping_discount "shippingDiscount", tax_amount "taxAmount", fee_amount "feeAmount"
          from payment_line where payment_id = it.id order by id
        ) line
      )) lines
  ) shown
$$;

alter table payment add column shown json;

create function show_payment() returns trigger language plpgsql as $$
begin
  new.shown := shown_payment(new);
  return new;
end
$$;
create trigger shown before insert or update on payment for each row execute function show_payment();

create function show_payment_of_line() returns trigger language plpgsql as $$
begin
  update payment set shown = null where id = new.payment_id;
  return null;
end
$$;
create trigger shown after insert or update of merchandise_amount, platform_discount, shipping_amount, shipping_discount,
  tax_amount, fee_amount, seller_id on payment_line for each row execute function show_payment_of_line();

-- Locked in the order of their ids, as everywhere.
create function show_payments_of_invoice() returns trigger language plpgsql as $$
begin
  perform from payment where invoice_id = new.id order by id for no key update;
  update payment set shown = null where invoice_id = new.id;
  return null;
end
$$;
create trigger shown after update of url, expires_at, status on gateway_invoice for each row
  when ('open' in (old.status, new.status)
    and (old.url, old.expires_at, old.status) is distinct from (new.url, new.expires_at, new.status))
  execute function show_payments_of_invoice();

update payment set shown = null;
alter table payment alter column shown set not null;
