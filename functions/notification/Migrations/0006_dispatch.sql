-- What has lately become of a carrier's messages.
create index delivery_recent on delivery (provider, updated_at);
