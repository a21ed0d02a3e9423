-- archive the OCS backends, and clear what logs in to OCS
UPDATE ocs_backend
   SET active = false,
       import_automatically = false,
       next_import = NULL,
       password_encrypted = NULL,
       password_variable = NULL;

-- archived backends lock no fields
UPDATE ocs_computer_binding SET has_locked_fields = false WHERE has_locked_fields;
UPDATE ocs_monitor_binding SET has_locked_fields = false WHERE has_locked_fields;

-- cancel the jobs that are not finished
UPDATE queue_job
   SET state = 'cancelled',
       date_cancelled = now() AT TIME ZONE 'UTC',
       result = 'The database was neutralized.'
 WHERE model_name LIKE 'ocs.%'
   AND state IN ('wait_dependencies', 'pending', 'enqueued', 'started');

-- cancel the runs that are not finished, and the requests to approve them
UPDATE ocs_import_run
   SET state = 'cancelled',
       date_end = now() AT TIME ZONE 'UTC',
       message = 'The database was neutralized.'
 WHERE state IN ('scanning', 'waiting', 'importing');

DELETE FROM mail_activity WHERE res_model = 'ocs.backend' AND automated;

-- deactivate the scheduled actions
UPDATE ir_cron
   SET active = false
 WHERE id IN (
       SELECT res_id
         FROM ir_model_data
        WHERE model = 'ir.cron'
          AND module = 'connector_ocs'
);
