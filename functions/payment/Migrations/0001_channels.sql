-- How a buyer can pay, and what each way allows.

create table payment_channel (
  code varchar(40) primary key,
  kind text not null check (kind in (
    'virtual_account', 'bank_transfer', 'card', 'ewallet', 'qris', 'retail_outlet', 'paylater', 'wallet', 'none')),
  name varchar(100) not null,
  enabled boolean not null default true,
  min_amount bigint not null check (min_amount >= 0),
  max_amount bigint not null check (max_amount >= min_amount),
  refund_mode text not null check (refund_mode in ('none', 'full', 'partial')),
  refund_window_days int check (refund_window_days >= 0),
  sort int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

insert into payment_channel
  (code, kind, name, enabled, min_amount, max_amount, refund_mode, refund_window_days, sort, created_at, updated_at)
select code, kind, name, enabled, min_amount, max_amount, refund_mode, refund_window_days,
  10 * row_number() over (), '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
from (values
  ('qris', 'qris', 'QRIS', true, 1, 10000000, 'partial', 7),
  ('va_bca', 'virtual_account', 'BCA Virtual Account', true, 10000, 50000000, 'none', null),
  ('va_bni', 'virtual_account', 'BNI Virtual Account', true, 1, 50000000000, 'none', null),
  ('va_bri', 'virtual_account', 'BRI Virtual Account', true, 1, 50000000000, 'none', null),
  ('va_mandiri', 'virtual_account', 'Mandiri Virtual Account', true, 1, 50000000000, 'none', null),
  ('va_bsi', 'virtual_account', 'BSI Virtual Account', true, 1, 50000000000, 'none', null),
  ('va_permata', 'virtual_account', 'Permata Virtual Account', true, 1, 9999999999, 'none', null),
  ('ewallet_ovo', 'ewallet', 'OVO', true, 100, 20000000, 'none', null),
  ('ewallet_dana', 'ewallet', 'DANA', true, 100, 20000000, 'partial', 30),
  ('ewallet_shopeepay', 'ewallet', 'ShopeePay', true, 1, 20000000, 'partial', 365),
  ('ewallet_linkaja', 'ewallet', 'LinkAja', true, 100, 10000000, 'full', 30),
  ('card_credit', 'card', 'Kartu kredit atau debit', true, 5000, 200000000, 'partial', 365),
  ('retail_alfamart', 'retail_outlet', 'Alfamart', true, 10000, 5000000, 'none', null),
  ('retail_indomaret', 'retail_outlet', 'Indomaret', true, 10000, 5000000, 'none', null),
  ('paylater_kredivo', 'paylater', 'Kredivo', true, 1000, 30000000, 'full', 14),
  ('paylater_akulaku', 'paylater', 'Akulaku', true, 1000, 25000000, 'partial', null),
  ('wallet', 'wallet', 'Dompet LAKOO', false, 0, 1000000000, 'none', null),
  ('none', 'none', 'Tanpa pembayaran', false, 0, 0, 'none', null)
) as seed (code, kind, name, enabled, min_amount, max_amount, refund_mode, refund_window_days);
