// The attestation document in the making: payload fields, COSE message, and the row of the table of variants
// that changes one of them. Part of lib/mint (floor F3).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mint/mint.h"
#include "mint/nitro/pki.h"

namespace tee::mint::nitro {

// CBOR items, encoded.
Bytes text_item(std::string_view text);
Bytes bytes_item(ByteView bytes);
Bytes number_item(std::uint64_t value);
Bytes negative_item(std::uint64_t n);  // -1 - n
Bytes null_item();
Bytes array_item(const std::vector<Bytes>& items);

struct Field {
  Bytes key, value;  // encoded
};

struct Map {
  std::vector<Field> fields;
  bool indefinite = false;

  Bytes encode() const;
  Bytes* find(std::string_view key);            // value of a text key
  void set(std::string_view key, Bytes value);  // replaces or appends
  void remove(std::string_view key);
};

// Everything that a document states, before it becomes CBOR; shared by the variants that rebuild a field.
struct Facts {
  Time at{};  // judged time; the document is 30 seconds older
  std::string module_id, region;
  std::map<unsigned, Bytes> pcrs;
  Bytes nonce, user_data, public_key;
};
const Facts& usual_facts();
Bytes pcr4_for(std::string_view instance_id);
Map pcr_map(const std::map<unsigned, Bytes>& pcrs);
Map usual_payload(const Facts& facts, const std::vector<Bytes>& certificates);

struct Message {
  Bytes head = {0x84};                                // array of four
  Bytes protected_header = {0xa1, 0x01, 0x38, 0x22};  // {1: -35}
  Bytes unprotected = {0xa0};                         // encoded item
  Bytes payload, signature;
  Bytes tail;
  std::optional<Bytes> protected_item, payload_item, signature_item;  // encoded: instead of a byte string

  Status sign(const crypto::PrivateKey& key);  // over protected header and payload as they stand
  Bytes encode() const;
};

// What a finished document was made of, for the questions put to it.
struct Made {
  Facts facts;
  Chain chain;
  std::vector<Bytes> certificates;  // root first, leaf last
  Message message;
};

// One variant. Each step may change what the one before has built; a step left empty changes nothing.
struct Row {
  std::string name, what;
  int exit = 1;
  std::string code = {};
  std::function<void(Chain&)> chain = {};               // before the certificates are issued
  std::function<void(Map&)> payload = {};               // before the payload is encoded
  std::function<void(Message&)> unsigned_message = {};  // before it is signed
  std::function<void(Message&)> signed_message = {};    // after
  std::function<Status(const Made&, Case&)> ask = {};   // evidence, collateral, anchors, flags
};

Result<Made> build(const Row& row);
Result<Case> make_case(const Row& row);

// Pins of PCR0, PCR1 and PCR2.
std::vector<std::string> pins();
// Pins and nonce: the question that a good document answers.
std::vector<std::string> full_question();

// The rows, by what they change.
void add_good_rows(std::vector<Row>& rows);
void add_cose_rows(std::vector<Row>& rows);
void add_payload_rows(std::vector<Row>& rows);
void add_chain_rows(std::vector<Row>& rows);
void add_crl_rows(std::vector<Row>& rows);
void add_question_rows(std::vector<Row>& rows);

}  // namespace tee::mint::nitro
