-- Deposits are counted beside their sum, so that one done twice and one lost can't make up for each other.

create table account (
  id       int primary key,
  total    bigint not null default 0,
  deposits bigint not null default 0
);
insert into account (id) select generate_series(1, 1000);
