create table counted (key text primary key);
create table noted (key text primary key, at timestamptz not null default now());
create table heard (key text primary key);
