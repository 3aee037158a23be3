"""The events benchmark with pgqueuer: install, fill N, produce, or work."""
import argparse
import json
import random
from datetime import timedelta

import asyncpg
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.models import Job
from pgqueuer.queries import Queries
from pgqueuer.types import QueueExecutionMode


async def install(pool, _):
    await Queries.from_asyncpg_pool(pool).install()


async def fill(pool, arguments):
    queries, numbers = Queries.from_asyncpg_pool(pool), random.Random(1)
    for _ in range(0, arguments.count, 1000):
        payloads = [
            json.dumps({"account": numbers.randint(1, 1000), "amount": numbers.randint(1, 1000)}).encode()
            for _ in range(1000)
        ]
        await queries.enqueue(["deposit"] * 1000, payloads, [0] * 1000)


async def produce(pool, _):
    """Prints what enqueueing one job sends, for pgbench."""
    sql = Queries.from_asyncpg_pool(pool).qbq.build_enqueue_query()
    payload = """convert_to('{"account": ' || :account || ', "amount": ' || :amount || '}', 'UTF8')"""
    values = ["0", "'deposit'", payload, "interval '0'", "null", "null"]
    for number, value in enumerate(values, 1):
        sql = sql.replace(f"${number}", f"array[{value}]")
    print(f"\\set account random(1, 1000)\n\\set amount random(1, 1000)\n{sql.strip()};")


async def work(pool, arguments):
    queue = PgQueuer.from_asyncpg_pool(pool)

    @queue.entrypoint("deposit")
    async def add_to_total(job: Job) -> None:
        deposit = json.loads(job.payload)
        await pool.execute(
            "update account set total = total + $2, deposits = deposits + 1 where id = $1",
            deposit["account"], deposit["amount"])

    limit = None if arguments.concurrency == 0 else max(arguments.concurrency, 2 * arguments.batch)
    await queue.run(
        batch_size=arguments.batch, max_concurrent_tasks=limit, dequeue_timeout=timedelta(seconds=1),
        mode=QueueExecutionMode.continuous)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["install", "fill", "produce", "work"])
    parser.add_argument("url")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--concurrency", type=int, default=0)
    parser.add_argument("--connections", type=int, default=10)
    arguments = parser.parse_args()
    async with asyncpg.create_pool(arguments.url, min_size=2, max_size=arguments.connections) as pool:
        await globals()[arguments.command](pool, arguments)


uvloop.run(main())
