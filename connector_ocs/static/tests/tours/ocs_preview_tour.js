/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("connector_ocs_preview", {
    steps: () =>
        withTimeout([
            {
                content: "Open the backend",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "Preview",
                trigger: ".o_form_statusbar button[name='action_preview']:enabled",
                run: "click",
            },
            {
                content: "The new assets are counted",
                trigger:
                    "button[name='action_view_lines']:contains('1'):contains('New Assets')",
            },
            {
                content: "Open the changed assets",
                trigger:
                    "button[name='action_view_lines']:contains('1'):contains('Changed Assets')",
                run: "click",
            },
            {
                content: "They are listed",
                trigger: ".o_searchview",
            },
            {
                content: "The change is shown in the list",
                trigger:
                    ".o_list_view .o_data_row:contains('Memory (MB): 8192 → 16384') .o_data_cell[name='name']",
                run: "click",
            },
            {
                content: "The values before and after are shown",
                trigger:
                    ".o_field_widget[name='changes_table'] tr:contains('Memory (MB)'):contains('8192'):contains('16384')",
            },
            {
                content: "Go back to the preview",
                trigger: ".breadcrumb-item:contains('Preview of')",
                run: "click",
            },
            {
                content: "Import",
                trigger: "button[name='action_import']:enabled",
                run: "click",
            },
            {
                content: "The import is started",
                trigger: ".o_notification:contains('Import started')",
            },
        ]),
});
