// The document's fields, and telling documents from anything else.
#include "providers/nitro/evidence.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "codec/cbor.h"
#include "mint/nitro/document.h"
#include "providers/nitro/anchors.h"
#include "providers/nitro/codes.h"

using namespace tee;
using namespace tee::mint::nitro;
using nitro::Document;
using nitro::Kind;
using nitro::kind_of;
using nitro::parse_document;

namespace {

Made made_with(std::function<void(Map&)> payload) {
  Row row;
  row.payload = std::move(payload);
  return build(row).value();
}
Document parsed(std::function<void(Map&)> payload = {}) {
  return parse_document(made_with(std::move(payload)).message.payload).value();
}

}  // namespace

TEST_CASE("nitro document: every field arrives") {
  const Facts& facts = usual_facts();
  const Made made = made_with({});
  const Document d = parse_document(made.message.payload).value();
  CHECK(d.kind == Kind::enclave);
  CHECK(d.module_id == facts.module_id);
  CHECK(d.instance_id() == "i-0a1b2c3d4e5f60718");
  CHECK(d.timestamp_ms == static_cast<std::uint64_t>(to_unix(facts.at) - 30) * 1000 + 123);
  CHECK(d.pcrs == facts.pcrs);
  CHECK(d.certificate == made.certificates[kLeaf]);
  REQUIRE(d.cabundle.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(d.cabundle[i] == made.certificates[i]);
  CHECK(d.nonce == facts.nonce);
  CHECK(d.user_data == facts.user_data);
  CHECK(d.public_key == facts.public_key);
  CHECK(d.unknown_fields.empty());
  CHECK_FALSE(d.indefinite);
}

TEST_CASE("nitro document: null and missing are absent, empty is empty") {
  CHECK_FALSE(parsed([](Map& m) { m.set("user_data", null_item()); }).user_data);
  CHECK_FALSE(parsed([](Map& m) { m.remove("user_data"); }).user_data);
  CHECK(parsed([](Map& m) { m.set("user_data", bytes_item({})); }).user_data == Bytes());
}

TEST_CASE("nitro document: unknown fields are listed and the indefinite map is told") {
  const Document d = parsed([](Map& m) {
    m.set("later", number_item(1));
    m.indefinite = true;
  });
  CHECK(d.unknown_fields == std::vector<std::string>{"later"});
  CHECK(d.indefinite);
}

TEST_CASE("nitro document: the instance id is the module id before -enc") {
  Document d;
  d.module_id = "i-234-enc5678";
  CHECK(d.instance_id() == "i-234");
  d.module_id = "something else";
  CHECK(d.instance_id().empty());
  d.module_id = "-enc1";
  CHECK(d.instance_id().empty());
}

TEST_CASE("nitro document: an error names the field") {
  const Result<Document> d = parse_document(made_with([](Map& m) { m.remove("digest"); }).message.payload);
  REQUIRE_FALSE(d.has_value());
  CHECK(d.error().code == &nitro::code::document);
  CHECK(d.error().message == "digest: the field is missing");
}

TEST_CASE("nitro document: PCR4 of a known instance") {
  // Of a production document of 2022: SHA-384 over 48 zero bytes and the bare instance id.
  CHECK(hex(pcr4_for("i-04fd167167daacf3b")) ==
        "4554042339e6a1ddfac89db7da58231d5619073729344333aff055429abeec6b006f81b19d1176001b8291f885283106");
}

TEST_CASE("nitro recognise: documents of both kinds") {
  CHECK(kind_of(made_with({}).message.encode()) == Kind::enclave);
  const Made tpm = made_with([](Map& m) {
    m.set("nitrotpm_pcrs", *m.find("pcrs"));
    m.remove("pcrs");
  });
  CHECK(kind_of(tpm.message.encode()) == Kind::nitrotpm);
}

TEST_CASE("bad-key-name-in-user-data_S21: chosen bytes do not change the kind") {
  const Made made = made_with([](Map& m) { m.set("user_data", bytes_item(text_item("nitrotpm_pcrs"))); });
  CHECK(kind_of(made.message.encode()) == Kind::enclave);
}

TEST_CASE("nitro recognise: every cut of a document is still told as one") {
  const Bytes whole = made_with({}).message.encode();
  for (std::size_t size = 7; size < whole.size(); ++size) {
    CAPTURE(size);
    REQUIRE(kind_of(ByteView(whole).first(size)) == Kind::enclave);
  }
  CHECK_FALSE(kind_of(ByteView(whole).first(6)));
}

TEST_CASE("nitro recognise: other bytes are not claimed") {
  CHECK_FALSE(kind_of({}));
  CHECK_FALSE(kind_of(as_bytes("{\"module_id\":\"i-1\",\"digest\":\"SHA384\"}")));
  CHECK_FALSE(kind_of(as_bytes("module_id digest timestamp pcrs")));
  CHECK_FALSE(kind_of(Bytes(1184, 0)));
  // A CBOR web token, signed with ES384 as well.
  Message token;
  Map claims;
  claims.fields.push_back({number_item(1), text_item("issuer")});
  token.payload = claims.encode();
  token.signature = Bytes(96, 1);
  CHECK_FALSE(kind_of(token.encode()));
}

TEST_CASE("nitro anchor: the pinned root has the published numbers") {
  const crypto::TrustAnchor& root = nitro::aws_root();
  CHECK(hex(crypto::sha256(crypto::encode_spki(root.key))) ==
        "f2caf5ecc6190b4a8399b78bc58a2bbcd0382375db8a1bfd78a82743874fd225");
  CHECK(crypto::Certificate::name_text(root.name) == "C=US, O=Amazon, OU=AWS, CN=aws.nitro-enclaves");
  // On the curve: ec_key refuses anything else.
  const crypto::EcKey& key = *root.key.ec();
  CHECK(crypto::ec_key(crypto::Curve::p384, key.x, key.y).has_value());
}
