// Variants that must pass: every form that AWS has used or its specification allows.
#include "base/encoding.h"
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

Row good(std::string name, std::string what) { return {std::move(name), std::move(what), 0}; }

// Definite heads of pcrs and cabundle become indefinite ones.
Bytes indefinite(const Bytes& definite, std::uint8_t head) {
  Bytes out = definite;
  out.front() = head;
  out.push_back(0xff);
  return out;
}

void add_forms(std::vector<Row>& rows) {
  rows.push_back(good("good", "a document as AWS writes them, asked for PCR0 to 2 and a nonce"));
  Row& indefinite_map =
      rows.emplace_back(good("good-indefinite-map", "the payload map has an indefinite length"));
  indefinite_map.payload = [](Map& m) { m.indefinite = true; };
  Row& inner = rows.emplace_back(good("good-indefinite-inside", "pcrs and cabundle have indefinite lengths"));
  inner.payload = [](Map& m) {
    *m.find("pcrs") = indefinite(*m.find("pcrs"), 0xbf);
    *m.find("cabundle") = indefinite(*m.find("cabundle"), 0x9f);
  };
  Row& tagged = rows.emplace_back(good("good-tagged", "tag 18 stands in front"));
  tagged.unsigned_message = [](Message& m) { m.head = {0xd2, 0x84}; };
  Row& unprotected =
      rows.emplace_back(good("good-unprotected-entry", "the unprotected header holds a key id"));
  unprotected.unsigned_message = [](Message& m) { m.unprotected = {0xa1, 0x04, 0x41, 0x31}; };
  Row& order = rows.emplace_back(good("good-other-order", "the payload's keys stand in reverse order"));
  order.payload = [](Map& m) { m.fields = std::vector<Field>(m.fields.rbegin(), m.fields.rend()); };
  Row& unknown = rows.emplace_back(good("good-unknown-field", "a field that nobody knows is signed along"));
  unknown.payload = [](Map& m) { m.set("build", text_item("7")); };
}

void add_fields(std::vector<Row>& rows) {
  Row& null = rows.emplace_back(good("good-optional-null", "user_data and public_key are null"));
  null.payload = [](Map& m) {
    m.set("user_data", null_item());
    m.set("public_key", null_item());
  };
  Row& missing = rows.emplace_back(good("good-optional-missing", "user_data and public_key are left out"));
  missing.payload = [](Map& m) {
    m.remove("user_data");
    m.remove("public_key");
  };
  Row& empty = rows.emplace_back(good("good-empty-user-data", "user_data is an empty byte string"));
  empty.payload = [](Map& m) { m.set("user_data", bytes_item({})); };
  Row& longest = rows.emplace_back(good("good-longest-fields", "user_data and public_key have 1024 bytes"));
  longest.payload = [](Map& m) {
    m.set("user_data", bytes_item(Bytes(1024, 1)));
    m.set("public_key", bytes_item(Bytes(1024, 2)));
  };
  Row& pcr16 = rows.emplace_back(good("good-pcr16", "PCR16 was locked by the workload and is pinned"));
  pcr16.payload = [](Map& m) {
    auto pcrs = usual_facts().pcrs;
    pcrs[16] = Bytes(48, 0x16);
    m.set("pcrs", pcr_map(pcrs).encode());
  };
  pcr16.ask = [](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), {"--expect", "pcr16=" + hex(Bytes(48, 0x16))});
    return Status();
  };
  Row& sparse = rows.emplace_back(good("good-sparse-pcrs", "only PCR0 to 4 are stated"));
  sparse.payload = [](Map& m) {
    auto pcrs = usual_facts().pcrs;
    pcrs.erase(pcrs.find(5), pcrs.end());
    m.set("pcrs", pcr_map(pcrs).encode());
  };
}

void add_chain_forms(std::vector<Row>& rows) {
  Row& reissued = rows.emplace_back(
      good("good-root-reissued", "the bundle carries another certificate of the same root name and key"));
  reissued.ask = [](const Made& made, Case& c) -> Status {
    Chain other = made.chain;
    other[kRoot].spec.serial = {0x7e};
    other[kRoot].spec.not_after += Seconds(86400);
    TEE_TRY(const std::vector<Bytes> certificates, issue(other));
    c.anchors = {{"device", {"root.der", certificates[kRoot]}}};
    return {};
  };
  Row& last = rows.emplace_back(
      good("good-last-second", "judged at the last second of the leaf; ends are inclusive"));
  last.ask = [](const Made& made, Case& c) {
    c.at = made.chain[kLeaf].spec.not_after;
    return Status();
  };
  Row& direct = rows.emplace_back(good("good-short-bundle", "the root signs the leaf itself"));
  direct.chain = [](Chain& chain) {
    chain = {chain[kRoot], chain[kLeaf]};
    chain[1].signer = 0;
  };
}

void add_tpm(std::vector<Row>& rows) {
  Row& tpm = rows.emplace_back(good("good-nitrotpm", "a NitroTPM document, judged for authenticity"));
  tpm.payload = [](Map& m) {
    std::map<unsigned, Bytes> pcrs;
    for (unsigned i = 0; i <= 16; ++i) pcrs[i] = Bytes(48, static_cast<std::uint8_t>(i + 1));
    m.remove("pcrs");
    m.set("nitrotpm_pcrs", pcr_map(pcrs).encode());
  };
  tpm.ask = [](const Made&, Case& c) {
    c.flags = {"--genuine-only", "--nonce", hex(usual_facts().nonce), "--expect",
               "nitrotpm_pcr4=" + hex(Bytes(48, 5))};
    return Status();
  };
}

}  // namespace

void add_good_rows(std::vector<Row>& rows) {
  add_forms(rows);
  add_fields(rows);
  add_chain_forms(rows);
  add_tpm(rows);
}

}  // namespace tee::mint::nitro
