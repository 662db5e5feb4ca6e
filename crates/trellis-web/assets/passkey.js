// Passkeys: what the page asks of the device of the one before it, and what goes back to us. Both forms show only where the
// browser knows passkeys; everything is checked again where it arrives.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** What we ask, or words that say what is wrong. */
const begin = async (address, fields) => {
  const reply = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  if (!reply.ok) throw new Error(reply.statusText);
  return reply.json();
};

const make = async (form) => {
  const asked = await begin(form.dataset.begin, { password: form.elements.password?.value ?? "" });
  if (asked.wrong) return asked.wrong;
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: asked.host, name: "Trellis" },
      user: { id: bytes(asked.handle), name: asked.login, displayName: asked.name },
      challenge: bytes(asked.challenge),
      pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: asked.have.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: asked.wait_ms,
    },
  });
  return {
    client: text(made.response.clientDataJSON),
    authenticator: text(made.response.getAuthenticatorData()),
    key: text(made.response.getPublicKey()),
    algorithm: made.response.getPublicKeyAlgorithm(),
  };
};

const enter = async (form) => {
  const asked = await begin(form.dataset.begin, {});
  const signed = await navigator.credentials.get({
    publicKey: { rpId: asked.host, challenge: bytes(asked.challenge), userVerification: "required", timeout: asked.wait_ms },
  });
  return {
    credential: text(signed.rawId),
    client: text(signed.response.clientDataJSON),
    authenticator: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
    handle: text(signed.response.userHandle ?? new ArrayBuffer(0)),
  };
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  const said = form.querySelector("[role=status]");
  let ready = false;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (ready) return;
    event.preventDefault();
    said.textContent = "";
    try {
      const got = await (form.dataset.passkey === "make" ? make(form) : enter(form));
      if (typeof got === "string") {
        said.textContent = got;
        return;
      }
      for (const [name, value] of Object.entries(got)) form.elements[name].value = value;
      // What proved who they are has done its work; it does not travel again.
      if (form.elements.password) form.elements.password.disabled = true;
      ready = true;
      form.requestSubmit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
}
for (const words of document.querySelectorAll("[data-no-passkey]")) words.hidden = Boolean(window.PublicKeyCredential);
