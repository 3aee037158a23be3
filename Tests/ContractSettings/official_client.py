"""Uses the sandbox by the provider's own client, which checks every answer against its models: official_client.py URL KEY"""
import sys
import time
import urllib.request
import uuid

import xendit
from xendit.apis import BalanceApi, InvoiceApi, PayoutApi, RefundApi, TransactionApi
from xendit.balance_and_transaction.model.transaction_types import TransactionTypes
from xendit.invoice.model.create_invoice_request import CreateInvoiceRequest
from xendit.payout.model.create_payout_request import CreatePayoutRequest
from xendit.payout.model.digital_payout_channel_properties import DigitalPayoutChannelProperties
from xendit.refund.model.create_refund import CreateRefund

url, key = sys.argv[1:]
xendit.set_api_key(key)
client = xendit.ApiClient(configuration=xendit.Configuration(host=url, api_key=key))
invoices, refunds, payouts = InvoiceApi(client), RefundApi(client), PayoutApi(client)
transactions, balances = TransactionApi(client), BalanceApi(client)


def press(path):
    urllib.request.urlopen(urllib.request.Request(f"{url}{path}", method="POST"))


def becomes(status, get):
    """Waits until what is looked at has the status: the sandbox works by itself."""
    for _ in range(200):
        found = get()
        if found.to_dict().get("status", status) == status:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{found} never becomes {status}")


def refused(code, call):
    try:
        call()
    except xendit.XenditSdkException as error:
        assert error.errorCode == code, f"{error.errorCode} instead of {code}"
    else:
        raise AssertionError(f"{code} was expected")


def open_invoice(reference, **more):
    request = CreateInvoiceRequest(external_id=reference, amount=150000.0, currency="IDR", **more)
    return invoices.create_invoice(request)


reference = f"inv-{uuid.uuid4()}"
invoice = open_invoice(reference, description="Pesanan", payer_email="pembeli@contoh.test", invoice_duration=3600.0)
assert str(invoice.status) == "PENDING" and invoice.amount == 150000
press(f"/web/{invoice.id}/pay?channel=DANA")
assert str(invoices.get_invoice_by_id(invoice.id).status) == "PAID"
assert [found.id for found in invoices.get_invoices(external_id=reference)] == [invoice.id]
other = open_invoice(f"inv-{uuid.uuid4()}")
assert str(invoices.expire_invoice(other.id).status) == "EXPIRED"
refused("INVOICE_NOT_FOUND_ERROR", lambda: invoices.get_invoice_by_id("none"))
refused("UNSUPPORTED_CURRENCY", lambda: invoices.create_invoice(
    CreateInvoiceRequest(external_id="x", amount=5.0, currency="PHP")))

refund_key = str(uuid.uuid4())
request = CreateRefund(invoice_id=invoice.id, reference_id="rfn-1", amount=50000.0, reason="REQUESTED_BY_CUSTOMER")
refund = refunds.create_refund(idempotency_key=refund_key, create_refund=request)
assert refunds.create_refund(idempotency_key=refund_key, create_refund=request).id == refund.id
assert refunds.get_refund(refund.id).amount == 50000
assert [found.id for found in refunds.get_all_refunds(invoice_id=invoice.id).data] == [refund.id]
refused("INELIGIBLE_TRANSACTION_STATUS", lambda: refunds.create_refund(create_refund=CreateRefund(invoice_id=other.id)))

channels = payouts.get_payout_channels(currency="IDR")
assert "ID_BCA" in [channel.channel_code for channel in channels]


def pay_out(account, key):
    return payouts.create_payout(idempotency_key=key, create_payout_request=CreatePayoutRequest(
        reference_id=f"wd-{key}", channel_code="ID_BCA", amount=100000.0, currency="IDR", description="Penarikan",
        channel_properties=DigitalPayoutChannelProperties(account_number=account, account_holder_name="Budi")))


payout_key = str(uuid.uuid4())
payout = pay_out("0123456789", payout_key)
assert pay_out("0123456789", payout_key).id == payout.id
refused("DUPLICATE_ERROR", lambda: pay_out("0123456788", payout_key))
becomes("SUCCEEDED", lambda: payouts.get_payout_by_id(payout.id))
assert len(payouts.get_payouts(reference_id=f"wd-{payout_key}").data) == 1
failed = pay_out("121212", str(uuid.uuid4()))
assert becomes("FAILED", lambda: payouts.get_payout_by_id(failed.id)).failure_code == "INVALID_DESTINATION"
waiting = pay_out("131313", str(uuid.uuid4()))
assert payouts.cancel_payout(waiting.id).status == "CANCELLED"

paid = transactions.get_all_transactions(types=[TransactionTypes("PAYMENT")], reference_id=reference).data
assert len(paid) == 1 and paid[0].fee.xendit_fee > 0
assert transactions.get_transaction_by_id(str(paid[0].id)).amount == 150000
page = transactions.get_all_transactions(limit=2.0)
assert page.has_more and len(page.data) == 2
assert balances.get_balance(account_type="CASH").balance > 0
print("the provider's own client works with the sandbox")
