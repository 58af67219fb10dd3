// ksef-client-ts from npm: its own workflows, with nothing but the base URL changed.
import { bad, given, good, library, need, step, until } from "./steps.mjs";

const ksef = await library("ksef-client-ts/dist/index.js");
const { nip, token, certificate: certPem, private_key: keyPem } = given;
const pollOptions = { intervalMs: 100, maxAttempts: 200 };
const otherNip = "7980332920";
// It adds the version itself.
const client = new ksef.KSeFClient({ baseUrl: given.base_url.replace(/\/v2$/, "") });

await step("public keys", () => client.crypto.init());
await step("login with token", () => ksef.authenticateWithToken(client, { nip, token, pollOptions }));
await step("login with certificate", () =>
  ksef.authenticateWithCertificate(client, { nip, certPem, keyPem, pollOptions }));
await step("login, kept", () => client.loginWithCertificate(certPem, keyPem, nip));

const online = await step("online: open", () => ksef.openOnlineSession(client));
await step("online: send", () => online.sendInvoice(good[0]));
await step("online: send a bad one", () => online.sendInvoice(bad));
await step("online: close", () => online.close());
await step("online: wait for the receipt", () => online.waitForUpo(pollOptions));
const reference = online?.sessionRef;
const status = await step("online: status", () => client.sessionStatus.getSessionStatus(reference));
await step("online: counts", () =>
  need(status.successfulInvoiceCount === 1 && status.failedInvoiceCount === 1, JSON.stringify(status)));
await step("online: failed invoices", async () =>
  need((await client.sessionStatus.getSessionFailedInvoices(reference)).invoices.length === 1, "not one"));
const listed = await step("online: invoices", () => client.sessionStatus.getSessionInvoices(reference));
const number = listed?.invoices.find((invoice) => invoice.ksefNumber)?.ksefNumber;
await step("upo: by KSeF number", () => client.sessionStatus.getInvoiceUpoByKsefNumber(reference, number));
await step("upo: page", () =>
  client.sessionStatus.getSessionUpo(reference, status.upo.pages[0].referenceNumber));
await step("sessions", async () =>
  need((await client.sessionStatus.getSessions("Online")).sessions.length > 0, "none"));

// Its `uploadBatchStream` is left out: it sends parts without Content-Length, which the documentation
// asks for, and the simulator refuses as storage of that kind does (411).
const files = good.slice(1).map((text, index) => ({ fileName: `${index}.xml`, content: Buffer.from(text) }));
const archive = await step("batch: pack", () => ksef.createZip(files));
const batch = await step("batch: open, upload, close, wait", () => ksef.uploadBatch(client, archive, { pollOptions }));
await step("batch: all accepted", async () => {
  const found = await client.sessionStatus.getSessionStatus(batch.sessionRef);
  need(found.successfulInvoiceCount === files.length, JSON.stringify(found));
});

const day = 24 * 3600 * 1000;
const filters = new ksef.InvoiceQueryFilterBuilder()
  .withSubjectType("Subject1")
  .withDateRange("PermanentStorage", new Date(Date.now() - day).toISOString(), new Date(Date.now() + day).toISOString())
  .build();
await step("metadata of all", () =>
  until(() => ksef.collectAllInvoiceMetadata(client, filters), (found) => found.length === good.length));
await step("invoice by KSeF number", () => client.invoices.getInvoice(number));
const unpacked = await step("export: start, wait, download, unpack", () =>
  ksef.exportAndDownload(client, filters, { extract: true, pollOptions }));
await step("export: all, and the metadata", () => need(unpacked.files.size === good.length + 1, "not all"));

const granted = await step("permissions: grant to a company", () =>
  client.permissions.grantEntityPermissions({
    subjectIdentifier: { type: "Nip", value: otherNip },
    permissions: [{ type: "InvoiceRead", canDelegate: false }],
    description: "Biuro rachunkowe",
    subjectDetails: { fullName: "Biuro Rachunkowe Alfa" },
  }));
await step("permissions: operation", () =>
  until(() => client.permissions.getOperationStatus(granted.referenceNumber), (found) => found.status.code === 200));
const found = await step("permissions: of persons", () =>
  client.permissions.queryPersonsGrants({ queryType: "PermissionsGrantedInCurrentContext" }, 0, 10));
await step("permissions: revoke", () =>
  client.permissions.revokeCommonGrant(found.permissions.find((row) => JSON.stringify(row).includes(otherNip)).id));
await step("permissions: roles", () => client.permissions.queryEntitiesRoles());

const made = await step("tokens: generate", () =>
  client.tokens.generateToken({ permissions: ["InvoiceRead"], description: "Token programu" }));
await step("tokens: becomes active", () =>
  until(() => client.tokens.getToken(made.referenceNumber), (one) => one.status === "Active"));
await step("tokens: log in with the new one", () =>
  ksef.authenticateWithToken(client, { nip, token: made.token, pollOptions }));
await step("tokens: list", () => client.tokens.queryTokens({}));
await step("tokens: revoke", () => client.tokens.revokeToken(made.referenceNumber));

await step("limits", () => client.limits.getContextLimits());
await step("peppol: providers", () => client.peppol.queryProviders());
await step("logout", () => client.logout());
