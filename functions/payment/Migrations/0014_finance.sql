-- What finance looks through goes by an index, however much there is.

create index payment_status_list on payment (status, id);
create index payment_channel_list on payment (channel, id);
create index payment_paid on payment (paid_at) where paid_at is not null;
create index refund_status_list on refund (status, id);
create index refund_completed on refund (completed_at) where completed_at is not null;
create index refund_reason_list on refund (reason, id);
create index refund_method_list on refund (method, id);
create index payout_status_list on payout (status, id);
create index payout_kind_list on payout (kind, id);
create index payout_completed on payout (completed_at) where completed_at is not null;
create index transaction_ledger_reference on transaction_ledger (reference_id);
create index webhook_inbox_status on webhook_inbox (status, id);
create index webhook_inbox_reference on webhook_inbox (reference, id);
create index gateway_log_action on gateway_log (action, id);
create index ledger_account_owner on ledger_account (owner_id, code) where owner_id is not null;
