/** @odoo-module **/

import {patient} from "@connector_ocs/../tests/tours/patient";
import {registry} from "@web/core/registry";

const BACKENDS = "/odoo/action-connector_ocs.ocs_backend_action";

const openBackend = {
    content: "Open the backend",
    trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
    run: "click",
};

registry.category("web_tour.tours").add("connector_ocs_approval", {
    url: BACKENDS,
    steps: () => patient([
        openBackend,
        {
            content: "Import",
            trigger: "button[name='action_import_changed']:enabled",
            run: "click",
        },
        {
            content: "It asks, and says what about",
            trigger: ".alert:contains('2 of 2 computers'):contains('2 are gone from OCS')",
        },
        {
            content: "The responsible has an activity",
            trigger: ".o-mail-Activity:contains('OCS: may so many assets be archived?')",
        },
        {
            content: "Agree",
            trigger: ".alert button[name='action_approve_run']",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Nothing is asked any more",
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
            content: "It tells what was found",
            trigger: ".o_field_widget[name='removed_count']:contains('2')",
        },
        {
            content: "And that all is done",
            trigger: ".o_field_widget[name='progress']:contains('100')",
        },
    ]),
});

registry.category("web_tour.tours").add("connector_ocs_change_log", {
    url: BACKENDS,
    steps: () => patient([
        openBackend,
        {
            content: "Open the page on detection",
            trigger: ".o_notebook .nav-link[name='detection']",
            run: "click",
        },
        {
            content: "Choose the change log",
            trigger: ".o_field_widget[name='detection'] .form-check:contains('Change log') input",
            run: "click",
        },
        {
            content: "Install it",
            trigger: "button[name='action_install_change_log']",
            run: "click",
        },
        {
            content: "The SQL is shown",
            trigger: ".modal .o_field_widget[name='preview']:contains('TRIGGER `odoo_hardware_insert`')",
        },
        {
            content: "Run it, as the user of the backend",
            trigger: ".modal button[name='action_run']",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".modal .alert-success:contains('triggers watch')",
        },
        {
            content: "Close the wizard",
            trigger: ".modal-footer button:contains('Close')",
            run: "click",
        },
        {
            content: "Open the page on detection again",
            trigger: "body:not(:has(.modal)) .o_notebook .nav-link[name='detection']",
            run: "click",
        },
        {
            content: "Check it",
            trigger: "button[name='action_check_change_log']",
            run: "click",
        },
        {
            content: "It tells what it found",
            trigger: ".o_notification:contains('Change log:')",
        },
        {
            content: "The state is shown",
            trigger: ".o_field_widget[name='change_log_state'] .badge",
        },
    ]),
});

registry.category("web_tour.tours").add("connector_ocs_stop", {
    url: BACKENDS,
    steps: () => patient([
        openBackend,
        {
            content: "It tells how far the import is; stop it",
            trigger: ".alert:contains('Importing') button[name='action_stop_run']",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal:contains('The next run finds what is left') .btn-primary",
            run: "click",
        },
        {
            content: "It says what was done",
            trigger: ".o_notification:contains('The run was stopped')",
        },
        {
            content: "Nothing is going on any more",
            trigger: ".o_form_view:not(:has(button[name='action_stop_run']:visible))",
        },
        {
            content: "Open the runs",
            trigger: "button[name='action_view_runs']",
            run: "click",
        },
        {
            content: "The run was given up; open it",
            trigger: ".o_data_row:contains('Given up') .o_data_cell[name='date_start']",
            run: "click",
        },
        {
            content: "It tells what was done and what is left",
            trigger:
                ".alert:contains('0 computers were done'):contains('4 were left out')",
        },
        {
            content: "And who did it",
            trigger: ".alert:contains('Stopped by')",
        },
        {
            content: "Nothing is left to wait for",
            trigger: ".o_field_widget[name='cancelled_count']:contains('4')",
        },
    ]),
});
