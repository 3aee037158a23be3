-- What GET /health tells of this service besides whether it works.
create view health as select version as "datasetVersion" from region_dataset where status = 'active';
