/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("connector_ocs_link", {
    url: "/odoo/action-connector_ocs.ocs_import_issue_action",
    steps: () =>
        withTimeout([
            {
                content: "Open the computer that waits for a decision",
                trigger:
                    ".o_data_row:contains('Unclear which asset it is') .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "The OCS values are shown",
                trigger:
                    ".o_field_widget[name='device_id']:contains('PC-1-2024-01-15-10-00-01')",
            },
            {
                content: "Both candidates are listed",
                trigger:
                    ".o_field_widget[name='candidate_ids']:contains('PC-1-A'):contains('PC-1-B')",
            },
            {
                content: "Link the second one",
                trigger:
                    ".o_field_widget[name='candidate_ids'] .o_data_row:contains('PC-1-B') button[name='action_ocs_link']",
                run: "click",
            },
            {
                content: "The import is started",
                trigger: ".o_notification:contains('Import queued')",
            },
            {
                content: "Nothing is left to decide",
                trigger: ".o_view_nocontent:contains('Nothing to do')",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_matching_keys", {
    url: "/odoo/action-connector_ocs.ocs_backend_action",
    steps: () =>
        withTimeout([
            {
                content: "Open the backend",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "Open the matching keys",
                trigger: ".o_notebook .nav-link[name='identity']",
                run: "click",
            },
            {
                content: "The name is disabled; enable it",
                trigger:
                    ".o_field_widget[name='matching_key_ids'] .o_data_row:contains('Computer name') .o_boolean_toggle input:not(:checked)",
                run: "click",
            },
            {
                content: "It is enabled",
                trigger:
                    ".o_field_widget[name='matching_key_ids'] .o_data_row:contains('Computer name') .o_boolean_toggle input:checked",
            },
            {
                content: "Save",
                trigger: ".o_form_button_save:enabled",
                run: "click",
            },
            {
                content: "It is saved",
                trigger: ".o_form_saved",
            },
        ]),
});
