/** @odoo-module **/

import {registry} from "@web/core/registry";
import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";

const BACKENDS = "/odoo/action-connector_ocs.ocs_backend_action";

const fillIn = (name, value) => ({
    content: `Enter ${name}`,
    trigger: `.o_field_widget[name='${name}'] input`,
    run: `edit ${value} && press Tab`,
});

registry.category("web_tour.tours").add("connector_ocs_setup", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            {
                content: "Create a backend",
                trigger: ".o_list_button_add",
                run: "click",
            },
            fillIn("name", "Head office"),
            fillIn("user", "reader_of_the_tour"),
            {
                content: "The SQL for this user is shown",
                trigger:
                    ".o_field_widget[name='reader_sql']:contains('CREATE USER `reader_of_the_tour`@'):contains('.hardware TO `reader_of_the_tour`@')",
            },
            {
                content: "It can be copied",
                trigger: ".o_clipboard_button:contains('Copy SQL')",
            },
            fillIn("password", "a password for the tour"),
            {
                content: "Test the connection",
                trigger: "button.btn-primary[name='action_test_connection']",
                run: "click",
            },
            {
                content: "What was found is shown",
                trigger:
                    ".o_field_widget[name='survey_report']:contains('2.12.4'):contains('Monitors')",
            },
            {
                content: "The TAGs are listed",
                trigger: ".o_field_widget[name='survey_tags']:contains('Paris')",
            },
            {
                content: "Preview",
                trigger: "button.btn-primary[name='action_preview']",
                run: "click",
            },
            {
                content: "The preview shows the computer",
                trigger: ".o_data_row:contains('PC-1')",
            },
            {
                content: "Go back",
                trigger: ".breadcrumb-item a:contains('Head office')",
                run: "click",
            },
            {
                content: "Import",
                trigger: "button[name='action_import_changed']:enabled",
                run: "click",
            },
            {
                content: "Import automatically from now on",
                trigger:
                    ".alert:contains('first import is done') button[name='action_import_automatically']",
                run: "click",
            },
            {
                content: "The backend is set up",
                trigger:
                    ".o_form_view:not(:has(.alert)) .o_field_widget[name='import_automatically'] input:checked",
            },
            {
                content: "The computer is imported",
                trigger: "button[name='action_view_computers']:contains('1')",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_same_database", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            {
                content: "Create a backend",
                trigger: ".o_list_button_add",
                run: "click",
            },
            {
                content: "The backend of the same database is named",
                trigger:
                    ".alert-warning:contains('is also imported by OCS of the live tests')",
            },
            fillIn("database", "another"),
            {
                content: "Another database is no problem",
                trigger: ".o_form_view:not(:has(.alert-warning))",
            },
            {
                content: "Go back to the list",
                trigger: ".o_form_button_cancel",
                run: "click",
            },
            {
                content: "Open the second backend",
                trigger: ".o_data_row .o_data_cell:contains('Second')",
                run: "click",
            },
            {
                content: "Import",
                trigger: "button[name='action_import_changed']:enabled",
                run: "click",
            },
            {
                content: "The first import has to be confirmed",
                trigger: ".modal-body:contains('will update the same assets')",
            },
            {
                content: "Do not import",
                trigger: ".modal-footer .btn-secondary",
                run: "click",
            },
            {
                content: "Nothing was imported",
                trigger:
                    "body:not(:has(.modal)) button[name='action_view_runs']:contains('0')",
            },
        ]),
});

const READS_ONLY =
    ":not(:has(.o_field_widget[name='password'])):not(:has(.o_field_widget[name='reader_sql'])):not(:has(.o_statusbar_buttons button)):not(:has(.alert button))";

registry.category("web_tour.tours").add("connector_ocs_setup_reader", {
    url: BACKENDS,
    steps: () =>
        withTimeout([
            {
                content: "Open the backend that is not set up",
                trigger: ".o_data_row .o_data_cell:contains('Second')",
                run: "click",
            },
            {
                content: "It has no password, no SQL and no button",
                trigger: `.o_form_view${READS_ONLY} .o_field_widget[name='host']`,
            },
            {
                content: "Go back",
                trigger: ".o_back_button, .breadcrumb-item a",
                run: "click",
            },
            {
                content: "Open the backend that is ready to be scheduled",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "It has no password and no button either",
                trigger: `.o_form_view${READS_ONLY} .o_field_widget[name='ocs_release']`,
            },
        ]),
});
