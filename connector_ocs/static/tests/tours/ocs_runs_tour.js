/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

const BACKENDS = "/odoo/action-connector_ocs.ocs_backend_action";

const openBackend = {
    content: "Open the backend",
    trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
    run: "click",
};

registry.category("web_tour.tours").add("connector_ocs_approval", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            openBackend,
            {
                content: "Import",
                trigger: "button[name='action_import_changed']:enabled",
                run: "click",
            },
            {
                content: "The run asks for approval",
                trigger:
                    ".alert:contains('2 of 2 computers'):contains('2 deleted in OCS')",
            },
            {
                content: "The responsible user has an activity",
                trigger: ".o-mail-Activity:contains('OCS: Approval needed for a run')",
            },
            {
                content: "Approve",
                trigger: ".alert button[name='action_approve_run']",
                run: "click",
            },
            {
                content: "Confirm",
                trigger: ".modal-footer .btn-primary",
                run: "click",
            },
            {
                content: "The run no longer asks for approval",
                trigger: ".o_form_view:not(:has(button[name='action_approve_run']))",
            },
            {
                content: "Open the runs",
                trigger: "button[name='action_view_runs']",
                run: "click",
            },
            {
                content: "The run is done; open it",
                trigger: ".o_data_row:contains('Done') .o_data_cell[name='date_start']",
                run: "click",
            },
            {
                content: "The removed computers are counted",
                trigger: ".o_field_widget[name='removed_count']:contains('2')",
            },
            {
                content: "The run is complete",
                trigger: ".o_field_widget[name='progress']:contains('100')",
            },
            {
                content: "The duration is in words",
                trigger: ".o_field_widget[name='duration']:contains(' s')",
            },
            {
                content: "Open the removed computers",
                trigger: "button[name='action_view_removed']",
                run: "click",
            },
            {
                content: "Both are listed; open one",
                trigger:
                    ".o_list_view:has(.o_data_row:nth-child(2):contains('Removed')) .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "It is the asset",
                trigger: ".o_form_view .o_field_widget[name='name']",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_stop", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            openBackend,
            {
                content: "The progress is shown; stop the import",
                trigger: ".alert:contains('Importing') button[name='action_stop_run']",
                run: "click",
            },
            {
                content: "Confirm",
                trigger:
                    ".modal:contains('the next run will import the remaining computers') .btn-primary",
                run: "click",
            },
            {
                content: "The stop is confirmed",
                trigger: ".o_notification:contains('The run was stopped')",
            },
            {
                content: "No import is running",
                trigger:
                    ".o_form_view:not(:has(button[name='action_stop_run']:visible))",
            },
            {
                content: "Open the runs",
                trigger: "button[name='action_view_runs']",
                run: "click",
            },
            {
                content: "The run was cancelled; open it",
                trigger:
                    ".o_data_row:contains('Cancelled') .o_data_cell[name='date_start']",
                run: "click",
            },
            {
                content: "The imported and cancelled computers are counted",
                trigger:
                    ".alert:contains('0 computers processed'):contains('4 cancelled')",
            },
            {
                content: "The user who stopped it is named",
                trigger: ".alert:contains('Stopped by')",
            },
            {
                content: "All remaining computers are cancelled",
                trigger: ".o_field_widget[name='cancelled_count']:contains('4')",
            },
        ]),
});
