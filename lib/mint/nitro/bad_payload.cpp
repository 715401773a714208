// Variants whose payload breaks a rule of the attestation document ("Nitro Enclaves attestation process"
// sections 3.1 and 3.2.2.2). Each is signed as it stands: a verifier that stops at the signature accepts it.
#include "codec/cbor.h"
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

using PayloadStep = std::function<void(Map&)>;

void add(std::vector<Row>& rows, std::string name, std::string what, PayloadStep step,
         std::string code = "nitro.document") {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
  row.payload = std::move(step);
}

void add_value(std::vector<Row>& rows, std::string name, const std::string& field, Bytes value,
               std::string code = "nitro.document") {
  add(
      rows, std::move(name), field + " with a value that is not allowed",
      [field, value = std::move(value)](Map& m) { m.set(field, value); }, std::move(code));
}

std::string dashed(std::string field) {
  for (char& c : field)
    if (c == '_') c = '-';
  return field;
}

// Every mandatory field missing, null, of another type, and empty.
void add_mandatory(std::vector<Row>& rows) {
  const std::pair<std::string, Bytes> fields[] = {
      {"module_id", text_item("")}, {"digest", text_item("")},       {"timestamp", number_item(0)},
      {"pcrs", Map().encode()},     {"certificate", bytes_item({})}, {"cabundle", array_item({})},
  };
  for (const auto& [field, empty] : fields) {
    const std::string name = "bad-" + dashed(field);
    add(rows, name + "-missing", field + " is left out", [field = field](Map& m) { m.remove(field); });
    add_value(rows, name + "-null", field, null_item());
    add_value(rows, name + "-wrong-type", field, Bytes{0xf5});
    add_value(rows, name + "-empty", field, empty);
  }
}

void add_duplicates(std::vector<Row>& rows) {
  for (const std::string field : {"module_id", "pcrs", "nonce"})
    add(rows, "bad-" + dashed(field) + "-twice", field + " occurs twice with the same value",
        [field](Map& m) {
          m.fields.push_back({text_item(field), *m.find(field)});
        });
}

// One more entry in the PCR map.
PayloadStep with_pcr(Bytes key, Bytes value) {
  return [key = std::move(key), value = std::move(value)](Map& m) {
    Map pcrs = pcr_map(usual_facts().pcrs);
    pcrs.fields.push_back({key, value});
    m.set("pcrs", pcrs.encode());
  };
}

void add_pcrs(std::vector<Row>& rows) {
  const Bytes value = bytes_item(Bytes(48, 0x33));
  add(rows, "bad-pcrs-33-entries", "PCR0 to PCR32", [](Map& m) {
    std::map<unsigned, Bytes> pcrs = usual_facts().pcrs;
    for (unsigned i = 16; i <= 32; ++i) pcrs[i] = Bytes(48, 0);
    m.set("pcrs", pcr_map(pcrs).encode());
  });
  add(rows, "bad-pcr-32", "a PCR with index 32", with_pcr(number_item(32), value));
  add(rows, "bad-pcr-negative", "a PCR with index -1", with_pcr(negative_item(0), value));
  add(rows, "bad-pcr-text-index", "a PCR with the index \"16\"", with_pcr(text_item("16"), value));
  add(rows, "bad-pcr-twice", "PCR4 occurs twice", with_pcr(number_item(4), value));
  add(rows, "bad-pcr-long-index", "PCR16 with an index in two bytes more than needed",
      with_pcr({0x19, 0x00, 0x10}, value));
  add(rows, "bad-pcr-text-value", "PCR16 is text",
      with_pcr(number_item(16), text_item(std::string(48, 'a'))));
  for (const std::size_t size : {0u, 31u, 32u, 47u, 49u, 64u})
    add(rows, "bad-pcr-" + std::to_string(size) + "-bytes", "PCR16 with that many bytes",
        with_pcr(number_item(16), bytes_item(Bytes(size, 1))));
}

void add_values(std::vector<Row>& rows) {
  add_value(rows, "bad-digest-sha256", "digest", text_item("SHA256"));
  add_value(rows, "bad-digest-sha512", "digest", text_item("SHA512"));
  add_value(rows, "bad-digest-lower-case", "digest", text_item("sha384"));
  add_value(rows, "bad-timestamp-negative", "timestamp", negative_item(1768478370122));
  add_value(rows, "bad-timestamp-text", "timestamp", text_item("2026-01-15T11:59:30Z"));
  add_value(rows, "bad-timestamp-float", "timestamp",
            Bytes{0xfb, 0x42, 0x79, 0xbc, 0x1a, 0x2b, 0x3c, 0x40, 0x00});
  add_value(rows, "bad-timestamp-tagged", "timestamp", Bytes{0xc1, 0x1a, 0x69, 0x68, 0xd6, 0xa2});
  add_value(rows, "bad-timestamp-beyond-9999", "timestamp", number_item(253402300800000));
  const auto seconds = static_cast<std::uint64_t>(to_unix(usual_facts().at));
  add_value(rows, "bad-timestamp-in-seconds", "timestamp", number_item(seconds - 30), "nitro.timestamp");
  add_value(rows, "bad-timestamp-after-leaf", "timestamp", number_item((seconds + 4 * 3600) * 1000),
            "nitro.timestamp");
  add_value(rows, "bad-timestamp-future", "timestamp", number_item((seconds + 61) * 1000),
            "freshness.future");
  add_value(rows, "bad-certificate-1025-bytes", "certificate", bytes_item(Bytes(1025, 0x30)));
  add_value(rows, "bad-cabundle-entry-null", "cabundle", array_item({null_item()}));
  add_value(rows, "bad-cabundle-entry-empty", "cabundle", array_item({bytes_item({})}));
  add_value(rows, "bad-cabundle-entry-1025-bytes", "cabundle", array_item({bytes_item(Bytes(1025, 0x30))}));
  add_value(rows, "bad-cabundle-eight-entries", "cabundle",
            array_item(std::vector<Bytes>(8, bytes_item(Bytes(9, 0x30)))));
  add_value(rows, "bad-public-key-empty", "public_key", bytes_item({}));
  for (const std::string field : {"public_key", "user_data", "nonce"}) {
    add_value(rows, "bad-" + dashed(field) + "-1025-bytes", field, bytes_item(Bytes(1025, 1)));
    add_value(rows, "bad-" + dashed(field) + "-text", field, text_item("text"));
    add_value(rows, "bad-" + dashed(field) + "-undefined", field, Bytes{0xf7});
  }
}

void add_encodings(std::vector<Row>& rows) {
  add(rows, "bad-key-not-text", "a field whose key is a number", [](Map& m) {
    m.fields.push_back({number_item(1), null_item()});
  });
  add(rows, "bad-text-not-utf8", "module_id is not UTF-8", [](Map& m) {
    m.set("module_id", Bytes{0x62, 0xc3, 0x28});
  });
  add(rows, "bad-bytes-in-chunks", "user_data is a byte string of indefinite length", [](Map& m) {
    m.set("user_data", Bytes{0x5f, 0x41, 0x01, 0x41, 0x02, 0xff});
  });
  add(rows, "bad-length-overflow", "user_data declares 2^64 - 1 bytes", [](Map& m) {
    m.set("user_data", Bytes{0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
  });
  add(rows, "bad-count-overflow", "an unknown field declares 2^64 - 1 elements", [](Map& m) {
    m.set("x", Bytes{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
  });
  add(rows, "bad-depth", "an unknown field holds 2000 arrays inside each other", [](Map& m) {
    Bytes nested(2000, 0x81);
    nested.push_back(0x00);
    m.set("x", nested);
  });
  add(rows, "bad-map-unfinished", "the payload map of indefinite length has no end", [](Map& m) {
    m.indefinite = true;
    m.fields.back().value = {0x5a, 0x00, 0x00, 0x00, 0x01};  // swallows the break
  });
  add(rows, "bad-payload-oversized", "a payload over 16384 bytes",
      [](Map& m) { m.set("x", bytes_item(Bytes(14000, 0))); });
  Row& array = rows.emplace_back(Row{"bad-payload-array", "the payload is an array", 1, "nitro.document"});
  array.unsigned_message = [](Message& m) { m.payload = array_item({bytes_item(m.payload)}); };
  Row& empty = rows.emplace_back(Row{"bad-payload-empty", "the payload is empty", 1, "nitro.document"});
  empty.unsigned_message = [](Message& m) { m.payload = {}; };
  Row& trailing =
      rows.emplace_back(Row{"bad-payload-trailing", "a byte follows the payload map", 1, "nitro.document"});
  trailing.unsigned_message = [](Message& m) { m.payload.push_back(0x00); };
  add(rows, "bad-both-pcr-maps_S21", "pcrs and nitrotpm_pcrs side by side",
      [](Map& m) { m.set("nitrotpm_pcrs", *m.find("pcrs")); });
}

}  // namespace

void add_payload_rows(std::vector<Row>& rows) {
  add_mandatory(rows);
  add_duplicates(rows);
  add_pcrs(rows);
  add_values(rows);
  add_encodings(rows);
}

}  // namespace tee::mint::nitro
