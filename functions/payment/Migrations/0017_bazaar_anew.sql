-- A seller whose request was taken back can be paid by another one.

alter table bazaar_sponsorship_payment drop constraint bazaar_sponsorship_payment_seller_id_key;
create unique index bazaar_sponsorship_payment_live on bazaar_sponsorship_payment (seller_id) where status <> 'cancelled';
create index bazaar_sponsorship_payment_seller on bazaar_sponsorship_payment (seller_id, id);
