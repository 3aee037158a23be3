create table till (money int not null);
insert into till values (0);
