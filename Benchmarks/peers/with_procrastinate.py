"""The events benchmark with procrastinate: install, fill N, produce, or work."""
import argparse
import logging
import random

import uvloop
from procrastinate import App, PsycopgConnector

parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["install", "fill", "produce", "work"])
parser.add_argument("url")
parser.add_argument("--count", type=int, default=20000)
parser.add_argument("--batch", type=int, default=0, help="procrastinate has none")
parser.add_argument("--concurrency", type=int, default=10)
parser.add_argument("--connections", type=int, default=10)
arguments = parser.parse_args()
logging.getLogger("procrastinate").setLevel(logging.ERROR)  # it would rather have a module for the app
app = App(connector=PsycopgConnector(conninfo=arguments.url, min_size=2, max_size=arguments.connections))


@app.task(name="deposit")
async def add_to_total(account: int, amount: int) -> None:
    async with app.connector.pool.connection() as connection:
        await connection.execute(
            "update account set total = total + %s, deposits = deposits + 1 where id = %s", (amount, account))


async def install():
    await app.schema_manager.apply_schema_async()


async def fill():
    numbers = random.Random(1)
    for _ in range(0, arguments.count, 1000):
        await add_to_total.batch_defer_async(
            *({"account": numbers.randint(1, 1000), "amount": numbers.randint(1, 1000)} for _ in range(1000)))


async def produce():
    """Prints what deferring one job sends, for pgbench."""
    job = "'default', 'deposit', 0, null, null, jsonb_build_object('account', :account::int, 'amount', :amount::int), null"
    print("\\set account random(1, 1000)\n\\set amount random(1, 1000)")
    print(f"select procrastinate_defer_jobs_v1(array[row({job})::procrastinate_job_to_defer_v1]);")


async def work():
    await app.run_worker_async(concurrency=arguments.concurrency, fetch_job_polling_interval=1)


async def main():
    async with app.open_async():
        await globals()[arguments.command]()


uvloop.run(main())
