/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

const BACKENDS = "/odoo/action-connector_ocs.ocs_backend_action";

const openBackend = {
    content: "Open the backend",
    trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
    run: "click",
};

registry.category("web_tour.tours").add("connector_ocs_change_log", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            openBackend,
            {
                content: "Open the page on detection",
                trigger: ".o_notebook .nav-link[name='detection']",
                run: "click",
            },
            {
                content: "Choose the change log",
                trigger:
                    ".o_field_widget[name='detection'] .form-check:contains('Change log') input",
                run: "click",
            },
            {
                content: "Install it",
                trigger: "button[name='action_install_change_log']",
                run: "click",
            },
            {
                content: "Show the SQL",
                trigger: ".modal .o_field_widget[name='show_sql'] input",
                run: "click",
            },
            {
                content: "The SQL is shown",
                trigger:
                    ".modal .o_field_widget[name='preview']:contains('TRIGGER `odoo_hardware_insert`')",
            },
            {
                content: "Run it with the account of the backend",
                trigger: ".modal button[name='action_run']",
                run: "click",
            },
            {
                content: "The change log is installed",
                trigger: ".modal .alert-success:contains('triggers watch')",
            },
            {
                content: "Close the wizard",
                trigger: ".modal-footer button:contains('Close')",
                run: "click",
            },
            {
                content: "Open the page on detection again",
                trigger:
                    "body:not(:has(.modal)) .o_notebook .nav-link[name='detection']",
                run: "click",
            },
            {
                content: "Check it",
                trigger: "button[name='action_check_change_log']",
                run: "click",
            },
            {
                content: "The result is shown",
                trigger: ".o_notification:contains('Change log:')",
            },
            {
                content: "The state is shown",
                trigger: ".o_field_widget[name='change_log_state'] .badge",
            },
        ]),
});
