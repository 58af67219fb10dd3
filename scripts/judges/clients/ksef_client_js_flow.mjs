// ksef-client from npm: its own workflows, with nothing but the base URL changed.
import { bad, given, good, library, need, step, until } from "./steps.mjs";

const { KsefClient, XadesKeyPair } = await library("ksef-client/dist/index.js");
const context = { type: "Nip", value: given.nip };
const polling = { pollIntervalMs: 100, maxAttempts: 200 };
const formCode = { systemCode: "FA (3)", schemaVersion: "1-0E", value: "FA" };
const otherNip = "7980332920";
const isFinal = (found) => found.status.code >= 200;
const client = new KsefClient({ baseUrl: given.base_url });
const { auth, sessions, exports } = client.workflows;

await step("login with token", () =>
  auth.authenticateWithKsefToken({ token: given.token, context, ...polling }));
const tokens = await step("login with certificate", () =>
  auth.authenticateWithCertificate({
    keyPair: new XadesKeyPair(given.certificate, given.private_key), context, ...polling,
  }));
if (tokens) client.authManager.setTokens(tokens);

const online = await step("online: open", () => sessions.online.open({ formCode }));
const sent = await step("online: send", () => online.sendInvoice({ invoice: good[0] }));
await step("online: send a bad one", () => online.sendInvoice({ invoice: bad }));
await step("online: close", () => online.close());
const status = await step("online: status", () => until(() => online.status(), isFinal));
await step("online: counts", () =>
  need(status.successfulInvoiceCount === 1 && status.failedInvoiceCount === 1, JSON.stringify(status)));
const one = await step("online: invoice", () =>
  client.sessions.getSessionInvoiceStatus(online.referenceNumber, sent.referenceNumber));
await step("online: failed invoices", async () =>
  need((await client.sessions.getSessionFailedInvoices(online.referenceNumber)).invoices.length === 1, "not one"));
await step("upo: by link", async () =>
  need((await online.waitForUpo(polling)).includes("Potwierdzenie"), "no document"));
await step("upo: page", () =>
  client.sessions.getSessionUpo(online.referenceNumber, status.upo.pages[0].referenceNumber));
await step("upo: by reference", () =>
  client.sessions.getSessionInvoiceUpoByReferenceNumber(online.referenceNumber, sent.referenceNumber));
await step("upo: by KSeF number", () =>
  client.sessions.getSessionInvoiceUpoByKsefNumber(online.referenceNumber, one.ksefNumber));

const batch = await step("batch: open, upload, close", () =>
  sessions.batch.openUploadAndClose({
    formCode, invoices: good.slice(1).map((invoice, index) => ({ fileName: `${index}.xml`, invoice })),
  }));
await step("batch: all accepted", async () =>
  need((await until(() => batch.status(), isFinal)).successfulInvoiceCount === good.length - 1, "not all"));

const day = 24 * 3600 * 1000;
const filters = {
  subjectType: "Subject1",
  dateRange: {
    dateType: "PermanentStorage",
    from: new Date(Date.now() - day).toISOString(),
    to: new Date(Date.now() + day).toISOString(),
  },
};
await step("metadata of all", () =>
  until(() => client.invoices.queryInvoiceMetadata(filters, 0, 10), (found) => found.invoices.length === good.length));
await step("invoice by KSeF number", async () =>
  need((await client.invoices.getInvoice(one.ksefNumber)).includes("Faktura"), "no invoice"));
const started = await step("export: start", () => exports.startExport({ filters }));
const done = await step("export: status", () => exports.waitForExport(started.referenceNumber, polling));
const unpacked = await step("export: download and unpack", () =>
  exports.downloadAndProcessPackage(done, started.encryptionData, { verifyHashes: true }));
await step("export: all", () => need(Object.keys(unpacked.invoiceXmlFiles).length === good.length, "not all"));

const granted = await step("permissions: grant to a company", () =>
  client.permissions.grantEntities({
    subjectIdentifier: { type: "Nip", value: otherNip },
    permissions: [{ type: "InvoiceRead", canDelegate: false }],
    description: "Biuro rachunkowe",
    subjectDetails: { fullName: "Biuro Rachunkowe Alfa" },
  }));
await step("permissions: operation", async () => {
  const ended = await until(() => client.permissions.getOperationStatus(granted.referenceNumber), isFinal);
  need(ended.status.code === 200, JSON.stringify(ended));
});
const found = await step("permissions: of persons", () =>
  client.permissions.queryPersonsGrants({ queryType: "PermissionsGrantedInCurrentContext" }, 0, 10));
await step("permissions: granted is found", () =>
  need(JSON.stringify(found).includes(otherNip), JSON.stringify(found)));
await step("permissions: revoke", () =>
  client.permissions.revokeCommonGrant(found.permissions.find((row) => JSON.stringify(row).includes(otherNip)).id));

const made = await step("tokens: generate", () =>
  client.tokens.generateToken({ permissions: ["InvoiceRead"], description: "Token programu" }));
await step("tokens: becomes active", () =>
  until(() => client.tokens.getToken(made.referenceNumber), (token) => token.status === "Active"));
await step("tokens: log in with the new one", () =>
  auth.authenticateWithKsefToken({ token: made.token, context, ...polling }));
await step("tokens: list", async () => need((await client.tokens.listTokens()).tokens.length > 0, "none"));
await step("tokens: revoke", () => client.tokens.revokeToken(made.referenceNumber));
