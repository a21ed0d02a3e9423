/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

/** Get the services of the web client. */
function services() {
    return odoo.__WOWL_DEBUG__.root.env.services;
}

/** Find the ID of the backend. */
async function findBackend() {
    const domain = [["name", "=", "OCS of the live tests"]];
    const [id] = await services().orm.search("ocs.backend", domain);
    return id;
}

/**
 * End some imports on the server, and pass on what its bus tells then, which it does
 * not do in tests.
 *
 * @param {Number} number of jobs
 */
async function finishImports(number) {
    const {orm} = services();
    const domain = [
        ["state", "=", "pending"],
        ["method_name", "=", "import_record"],
    ];
    const jobs = await orm.search("queue.job", domain, {limit: number});
    await orm.call("queue.job", "button_done", [jobs]);
    services()["connector_ocs.live"].tell({backend_id: await findBackend()});
}

registry.category("web_tour.tours").add("connector_ocs_live", {
    url: "/odoo/action-connector_ocs.ocs_backend_action",
    steps: () =>
        withTimeout([
            {
                content: "Open the backend",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "Computers wait for a decision",
                trigger: ".alert:contains('2 computers need a decision')",
            },
            {
                content: "Nothing is imported yet; two imports end",
                trigger: ".o_ocs_progress:contains('Importing… 0 of 4')",
                run: () => finishImports(2),
            },
            {
                content: "The bar moves by itself",
                trigger: ".o_ocs_progress:contains('Importing… 2 of 4'):contains('50')",
            },
            {
                content: "Edit the name",
                trigger:
                    ".o_field_widget[name='name'] input, .o_field_widget[name='name'] textarea",
                run: "edit Another name",
            },
            {
                content: "Another import ends; the form is not reloaded in two seconds",
                trigger: ".o_form_button_cancel",
                run: async () => {
                    await finishImports(1);
                    await new Promise((resolve) => setTimeout(resolve, 2000));
                },
            },
            {
                content: "The name is kept; discard it",
                trigger: ".o_form_button_cancel",
                run: "click",
            },
            {
                content: "Now the form is reloaded",
                trigger: ".o_ocs_progress:contains('Importing… 3 of 4')",
                run: async () => {
                    const {orm, bus_service: bus} = services();
                    const leave = bus.deleteChannel;
                    bus.deleteChannel = (channel) => {
                        document.body.dataset.left = channel;
                        leave(channel);
                    };
                    const domain = [["state", "=", "importing"]];
                    const [id] = await orm.search("ocs.import.run", domain);
                    services()["connector_ocs.live"].showNotice({
                        run_id: id,
                        title: "The title",
                        message: "The message.",
                        type: "warning",
                    });
                },
            },
            {
                content: "Open the run in the notice",
                trigger:
                    ".o_notification:contains('The title'):contains('The message.') button:contains('View run')",
                run: "click",
            },
            {
                content: "The run shows the same; the last import ends",
                trigger:
                    ".o_form_view .alert:contains('Importing… 3 of 4'):visible, .o_field_widget[name='progress_label']:contains('Importing… 3 of 4')",
                run: () => finishImports(1),
            },
            {
                content: "The run moves by itself",
                trigger:
                    ".o_field_widget[name='progress_label']:contains('Importing… 4 of 4')",
            },
            {
                content: "Leave the form",
                trigger: ".o_menu_brand",
                run: "click",
            },
            {
                content: "Nothing is listened to any more",
                trigger: "body[data-left^='connector_ocs.backend_']",
            },
        ]),
});
