#include "mint/nitro/document.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "crypto/digest.h"

namespace tee::mint::nitro {

namespace {

Bytes digest_of(std::string_view text) { return to_bytes(crypto::sha384(as_bytes(text))); }

// PCR_n = SHA-384(48 zero bytes || data).
Bytes extended(ByteView data) {
  Writer w;
  w.zeros(48).bytes(data);
  return to_bytes(crypto::sha384(w.view()));
}

Facts make_facts() {
  Facts f;
  f.at = time_from_fields(2026, 1, 15, 12, 0, 0).value();
  f.module_id = "i-0a1b2c3d4e5f60718-enc0123456789abcdef";
  f.region = "eu-central-1";
  for (unsigned i = 0; i < 16; ++i) f.pcrs[i] = Bytes(48, 0);
  f.pcrs[0] = extended(digest_of("kernel, cmdline, ramdisk 0, ramdisk 1"));
  f.pcrs[1] = extended(digest_of("kernel, cmdline, ramdisk 0"));
  f.pcrs[2] = extended(digest_of("ramdisk 1"));
  f.pcrs[3] = extended(as_bytes("arn:aws:iam::123456789012:role/example"));
  f.pcrs[4] = pcr4_for("i-0a1b2c3d4e5f60718");
  f.nonce = Bytes(32, 0x5a);
  f.user_data = to_bytes(as_bytes("user data"));
  f.public_key = Bytes(32, 0x07);
  return f;
}

}  // namespace

Bytes text_item(std::string_view text) {
  Bytes out;
  cbor::put_text(out, text);
  return out;
}
Bytes bytes_item(ByteView bytes) {
  Bytes out;
  cbor::put_bytes(out, bytes);
  return out;
}
Bytes number_item(std::uint64_t value) {
  Bytes out;
  cbor::put_head(out, 0, value);
  return out;
}
Bytes negative_item(std::uint64_t n) {
  Bytes out;
  cbor::put_head(out, 1, n);
  return out;
}
Bytes null_item() { return {0xf6}; }
Bytes array_item(const std::vector<Bytes>& items) {
  Bytes out;
  cbor::put_head(out, 4, items.size());
  for (const Bytes& item : items) append(out, item);
  return out;
}

Bytes Map::encode() const {
  Bytes out;
  if (indefinite)
    out.push_back(0xbf);
  else
    cbor::put_head(out, 5, fields.size());
  for (const Field& f : fields) {
    append(out, f.key);
    append(out, f.value);
  }
  if (indefinite) out.push_back(0xff);
  return out;
}

Bytes* Map::find(std::string_view key) {
  const Bytes encoded = text_item(key);
  for (Field& f : fields)
    if (f.key == encoded) return &f.value;
  return nullptr;
}
void Map::set(std::string_view key, Bytes value) {
  if (Bytes* existing = find(key))
    *existing = std::move(value);
  else
    fields.push_back({text_item(key), std::move(value)});
}
void Map::remove(std::string_view key) {
  const Bytes encoded = text_item(key);
  std::erase_if(fields, [&](const Field& f) { return f.key == encoded; });
}

const Facts& usual_facts() {
  static const Facts facts = make_facts();
  return facts;
}

Bytes pcr4_for(std::string_view instance_id) { return extended(as_bytes(instance_id)); }

Map pcr_map(const std::map<unsigned, Bytes>& pcrs) {
  Map out;
  for (const auto& [index, value] : pcrs) out.fields.push_back({number_item(index), bytes_item(value)});
  return out;
}

// Fields and their order as the hypervisor writes them.
Map usual_payload(const Facts& facts, const std::vector<Bytes>& certificates) {
  std::vector<Bytes> bundle;
  for (std::size_t i = 0; i + 1 < certificates.size(); ++i) bundle.push_back(bytes_item(certificates[i]));
  Map out;
  out.set("module_id", text_item(facts.module_id));
  out.set("digest", text_item("SHA384"));
  out.set("timestamp", number_item(static_cast<std::uint64_t>(to_unix(facts.at) - 30) * 1000 + 123));
  out.set("pcrs", pcr_map(facts.pcrs).encode());
  out.set("certificate", bytes_item(certificates.back()));
  out.set("cabundle", array_item(bundle));
  out.set("public_key", bytes_item(facts.public_key));
  out.set("user_data", bytes_item(facts.user_data));
  out.set("nonce", bytes_item(facts.nonce));
  return out;
}

Status Message::sign(const crypto::PrivateKey& key) {
  cose::Sign1 content;
  content.protected_header = protected_header;
  content.payload = payload;
  TEE_TRY(signature,
          key.sign(crypto::Scheme::ecdsa_sha384, cose::signed_bytes(content), crypto::EcForm::raw));
  return {};
}

Bytes Message::encode() const {
  Bytes out = head;
  append(out, protected_item ? *protected_item : bytes_item(protected_header));
  append(out, unprotected);
  append(out, payload_item ? *payload_item : bytes_item(payload));
  append(out, signature_item ? *signature_item : bytes_item(signature));
  append(out, tail);
  return out;
}

Result<Made> build(const Row& row) {
  Made made;
  made.facts = usual_facts();
  made.chain = usual_chain(made.facts.at, made.facts.module_id, made.facts.region);
  if (row.chain) row.chain(made.chain);
  TEE_TRY(made.certificates, issue(made.chain));
  Map payload = usual_payload(made.facts, made.certificates);
  if (row.payload) row.payload(payload);
  made.message.payload = payload.encode();
  if (row.unsigned_message) row.unsigned_message(made.message);
  TEE_CHECK(made.message.sign(made.chain.back().key));
  if (row.signed_message) row.signed_message(made.message);
  return made;
}

Result<Case> make_case(const Row& row) {
  TEE_TRY(const Made made, build(row));
  Case c;
  c.name = row.name;
  c.evidence = {"document.cose", made.message.encode()};
  c.anchors = {{"device", {"root.der", made.certificates.front()}}};
  c.at = made.facts.at;
  c.flags = full_question();
  c.exit = row.exit;
  c.code = row.code;
  if (row.ask) {
    TEE_CHECK(row.ask(made, c));
  }
  return c;
}

std::vector<std::string> pins() {
  std::vector<std::string> out;
  for (unsigned i = 0; i <= 2; ++i)
    out.insert(out.end(), {"--expect", "pcr" + std::to_string(i) + "=" + hex(usual_facts().pcrs.at(i))});
  return out;
}

std::vector<std::string> full_question() {
  std::vector<std::string> out = pins();
  out.insert(out.end(), {"--nonce", hex(usual_facts().nonce)});
  return out;
}

}  // namespace tee::mint::nitro
