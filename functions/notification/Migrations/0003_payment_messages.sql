-- What payers hear of their payments.

insert into notification_template
  (id, code, locale, version, name, type, category, title_tpl, body_tpl, sms_tpl, html_tpl, action_url_tpl, action_text,
    channels, priority, variables, status, created_at, updated_at)
select ('01900000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, code, locale, 1, name, type, category,
  title, body, sms, '<p>' || body || '</p>', '/orders/{{orderId}}', action,
  case code
    when 'payment_success' then array['in_app', 'push', 'email', 'whatsapp']
    else array['in_app', 'push', 'email']
  end,
  'high',
  jsonb '{"orderId": {"type": "text", "required": true}, "orderNumber": {"type": "text", "required": true}}'
    || case code
      when 'payment_late_captured' then jsonb '{"lateAmount": {"type": "rupiah", "required": true}}'
      else jsonb '{"amount": {"type": "rupiah", "required": true}}'
    end,
  'active', now(), now()
from (values
  (1, 'payment_success', 'id', 'Pembayaran berhasil', 'payment_success', 'payment',
    'Pembayaran berhasil',
    'Pembayaran {{amount}} untuk pesanan {{orderNumber}} sudah kami terima. Pesanan Anda segera diproses.',
    'Lakoo: pembayaran {{amount}} untuk pesanan {{orderNumber}} sudah kami terima.',
    'Lihat pesanan'),
  (2, 'payment_success', 'en', 'Payment received', 'payment_success', 'payment',
    'Payment received',
    'We have received your payment of {{amount}} for order {{orderNumber}}. We are getting your order ready.',
    'Lakoo: we have received your payment of {{amount}} for order {{orderNumber}}.',
    'View order'),
  (3, 'payment_expired', 'id', 'Batas waktu pembayaran habis', 'payment_expired', 'payment',
    'Batas waktu pembayaran habis',
    'Pembayaran {{amount}} untuk pesanan {{orderNumber}} tidak kami terima sampai batas waktunya.',
    'Lakoo: batas waktu pembayaran {{amount}} untuk pesanan {{orderNumber}} sudah habis.',
    'Lihat pesanan'),
  (4, 'payment_expired', 'en', 'Payment expired', 'payment_expired', 'payment',
    'The time to pay has run out',
    'We did not receive the payment of {{amount}} for order {{orderNumber}} in time.',
    'Lakoo: the time to pay {{amount}} for order {{orderNumber}} has run out.',
    'View order'),
  (5, 'payment_failed', 'id', 'Pembayaran gagal', 'payment_failed', 'payment',
    'Pembayaran gagal',
    'Pembayaran {{amount}} untuk pesanan {{orderNumber}} gagal. Silakan coba lagi dengan cara lain.',
    'Lakoo: pembayaran {{amount}} untuk pesanan {{orderNumber}} gagal. Silakan coba lagi.',
    'Coba lagi'),
  (6, 'payment_failed', 'en', 'Payment failed', 'payment_failed', 'payment',
    'Payment failed',
    'The payment of {{amount}} for order {{orderNumber}} failed. Please try again another way.',
    'Lakoo: the payment of {{amount}} for order {{orderNumber}} failed. Please try again.',
    'Try again'),
  (7, 'payment_late_captured', 'id', 'Pembayaran terlambat', 'refund_processed', 'refund',
    'Pembayaran terlambat dikembalikan',
    'Pembayaran {{lateAmount}} untuk pesanan {{orderNumber}} terlambat. Dana Anda akan dikembalikan.',
    'Lakoo: pembayaran {{lateAmount}} untuk pesanan {{orderNumber}} terlambat dan akan dikembalikan.',
    'Lihat pesanan'),
  (8, 'payment_late_captured', 'en', 'Late payment', 'refund_processed', 'refund',
    'Your late payment will be returned',
    'Your payment of {{lateAmount}} for order {{orderNumber}} came too late. It will be returned to you.',
    'Lakoo: your payment of {{lateAmount}} for order {{orderNumber}} came too late and will be returned.',
    'View order')
) as message (number, code, locale, name, type, category, title, body, sms, action);

insert into event_route
  (event_type, template_code, audience, category, priority, channels, created_at, updated_at)
values
  ('payment.paid', 'payment_success', 'owner', 'payment', 'high', '{in_app,push,email,whatsapp}', now(), now()),
  ('payment.expired', 'payment_expired', 'owner', 'payment', 'high', '{in_app,push,email}', now(), now()),
  ('payment.failed', 'payment_failed', 'owner', 'payment', 'high', '{in_app,push,email}', now(), now()),
  ('payment.late_captured', 'payment_late_captured', 'owner', 'refund', 'high', '{in_app,push,email}', now(), now());
