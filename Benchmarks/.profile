source "$(dirname "$0")/common"
events=${EVENTS:-5000}
start_server -c shared_preload_libraries=pg_stat_statements -c track_io_timing=on -c track_wal_io_timing=on
migrate
sql postgres -c "create extension pg_stat_statements"
sql totals_db -f Benchmarks/sql/watch.sql
sql deposits_db -f Benchmarks/sql/emit.sql -c "call emit($events)" -c "vacuum analyze"
sql totals_db -c "vacuum analyze"
sql postgres -c checkpoint -c "select pg_stat_statements_reset()" -c "select pg_stat_reset_shared('wal')" >/dev/null
for d in deposits_db totals_db; do sql $d -c "select pg_stat_reset()" >/dev/null; done
started=$(date +%s.%N)
start_host db deposits totals
pg0=$(ps -o cputimes= -C postgres | awk '{s+=$1} END {print s}')
if [ -n "${PERF:-}" ]; then sleep 0.5; perf record -F 499 -g -o /tmp/hb/perf.host -p $host -- sleep 4 >/dev/null 2>&1 & perf record -F 499 -a -o /tmp/hb/perf.all -- sleep 4 >/dev/null 2>&1 & fi
sql totals_db -c "call watch($events, null, null, null)"
date +%s.%N | awk -v s=$started '{print "seconds", $1-s}'
echo host cpu us/event $(( $(cpu $host) / events ))
"$bin/psql" -X "$(url postgres)" -c "select datname, calls, round((calls::numeric/$events),2) per_event, round(total_exec_time::numeric,0) ms, round(mean_exec_time::numeric,3) mean, shared_blks_hit/calls hit, rows, wal_bytes, left(regexp_replace(query,'\s+',' ','g'),110) q from pg_stat_statements s join pg_database d on d.oid=dbid where datname in ('deposits_db','totals_db') order by total_exec_time desc limit 22" -c "select * from pg_stat_wal"
stop "$host"; sleep 1
for d in deposits_db totals_db; do "$bin/psql" -X "$(url $d)" -c "select relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del, n_dead_tup, seq_scan, idx_scan, autovacuum_count from pg_stat_user_tables where n_tup_ins+n_tup_upd+n_tup_del>0" -c "select relname, indexrelname, idx_scan, idx_tup_read, idx_tup_fetch from pg_stat_user_indexes where schemaname='lakoo' and relname in ('inbox','outbox','relay_cursor')" -c "select xact_commit, xact_rollback from pg_stat_database where datname='$d'"; done
"$bin/pg_waldump" --version
