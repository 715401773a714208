// Variants that break the COSE_Sign1 message around the payload, or its signature.
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

using MessageStep = std::function<void(Message&)>;

void add_unsigned(std::vector<Row>& rows, std::string name, std::string what, std::string code,
                  MessageStep step) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
  row.unsigned_message = std::move(step);
}
void add_signed(std::vector<Row>& rows, std::string name, std::string what, std::string code,
                MessageStep step) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
  row.signed_message = std::move(step);
}

void add_shapes(std::vector<Row>& rows) {
  add_signed(rows, "bad-array-of-three", "the array declares three elements and the signature is gone",
             "nitro.cose", [](Message& m) {
               m.head = {0x83};
               m.signature_item = Bytes();
             });
  add_signed(rows, "bad-array-of-five", "a fifth element follows the signature", "nitro.cose",
             [](Message& m) {
               m.head = {0x85};
               m.tail = null_item();
             });
  add_signed(rows, "bad-array-indefinite", "the array has an indefinite length", "nitro.cose",
             [](Message& m) {
               m.head = {0x9f};
               m.tail = {0xff};
             });
  add_signed(rows, "bad-other-tag", "tag 17 instead of 18", "nitro.cose", [](Message& m) {
    m.head = {0xd1, 0x84};
  });
  add_signed(rows, "bad-two-tags", "tag 18 twice", "nitro.cose", [](Message& m) {
    m.head = {0xd2, 0xd2, 0x84};
  });
  add_signed(rows, "bad-trailing-byte", "one byte follows the message", "nitro.cose",
             [](Message& m) { m.tail = {0x00}; });
  add_signed(rows, "bad-map-around", "the whole message is a map", "nitro.cose",
             [](Message& m) { m.head = {0xa2}; });
  add_signed(rows, "bad-protected-not-bytes", "the protected header is a bare map", "nitro.cose",
             [](Message& m) { m.protected_item = m.protected_header; });
  add_signed(rows, "bad-unprotected-not-map", "the unprotected header is null", "nitro.cose",
             [](Message& m) { m.unprotected = null_item(); });
  add_signed(rows, "bad-payload-null", "the payload is detached", "nitro.cose",
             [](Message& m) { m.payload_item = null_item(); });
  add_signed(rows, "bad-payload-not-bytes", "the payload is a bare map", "nitro.cose",
             [](Message& m) { m.payload_item = m.payload; });
  add_signed(rows, "bad-signature-null", "the signature is null", "nitro.cose",
             [](Message& m) { m.signature_item = null_item(); });
  add_unsigned(rows, "bad-message-oversized", "the unprotected header holds 32 kB", "nitro.cose",
               [](Message& m) {
                 m.unprotected = {0xa1, 0x04};
                 append(m.unprotected, bytes_item(Bytes(32 * 1024, 0)));
               });
}

void add_header(std::vector<Row>& rows, std::string name, std::string what, Bytes header,
                std::string code = "nitro.algorithm") {
  add_unsigned(rows, std::move(name), std::move(what), std::move(code),
               [header](Message& m) { m.protected_header = header; });
}

// Each is signed as it stands, so only the header is wrong.
void add_headers(std::vector<Row>& rows) {
  add_header(rows, "bad-protected-empty", "the protected header is an empty byte string", {});
  add_header(rows, "bad-protected-empty-map", "the protected header is an empty map", {0xa0});
  add_header(rows, "bad-protected-array", "the protected header holds an array", {0x81, 0x01}, "nitro.cose");
  add_header(rows, "bad-protected-twice", "the protected header names the algorithm twice",
             {0xa2, 0x01, 0x38, 0x22, 0x01, 0x38, 0x22}, "nitro.cose");
  add_header(rows, "bad-alg-es256", "the algorithm is -7", {0xa1, 0x01, 0x26});
  add_header(rows, "bad-alg-es512", "the algorithm is -36", {0xa1, 0x01, 0x38, 0x23});
  add_header(rows, "bad-alg-positive", "the algorithm is 35", {0xa1, 0x01, 0x18, 0x23});
  add_header(rows, "bad-alg-text", "the algorithm is the text ES384",
             {0xa1, 0x01, 0x65, 'E', 'S', '3', '8', '4'});
  add_header(rows, "bad-alg-missing", "the protected header holds a key id alone", {0xa1, 0x04, 0x41, 0x31});
  add_header(rows, "bad-crit", "a parameter is marked as critical",
             {0xa2, 0x01, 0x38, 0x22, 0x02, 0x81, 0x04});
  add_unsigned(rows, "bad-alg-unprotected", "the algorithm stands in the unprotected header alone",
               "nitro.algorithm", [](Message& m) {
                 m.protected_header = {};
                 m.unprotected = {0xa1, 0x01, 0x38, 0x22};
               });
}

Bytes der_form(ByteView raw) {
  const auto integer = [](ByteView magnitude) {
    while (magnitude.size() > 1 && magnitude[0] == 0) magnitude = magnitude.subspan(1);
    Bytes out{0x02, static_cast<std::uint8_t>(magnitude.size() + (magnitude[0] >> 7))};
    if (magnitude[0] >> 7) out.push_back(0);
    append(out, magnitude);
    return out;
  };
  const Bytes r = integer(raw.first(48)), s = integer(raw.subspan(48));
  Bytes out{0x30, static_cast<std::uint8_t>(r.size() + s.size())};
  append(out, r);
  append(out, s);
  return out;
}

void add_signatures(std::vector<Row>& rows) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{64}, std::size_t{95}, std::size_t{97}})
    add_signed(rows, "bad-signature-" + std::to_string(size) + "-bytes", "a signature of that length",
               "signature.malformed", [size](Message& m) { m.signature.resize(size, 0); });
  add_signed(rows, "bad-signature-zero", "96 zero bytes", "signature.malformed",
             [](Message& m) { m.signature = Bytes(96, 0); });
  add_signed(rows, "bad-r-zero", "r is zero", "signature.malformed",
             [](Message& m) { std::fill_n(m.signature.begin(), 48, std::uint8_t{0}); });
  add_signed(rows, "bad-s-zero", "s is zero", "signature.malformed",
             [](Message& m) { std::fill_n(m.signature.begin() + 48, 48, std::uint8_t{0}); });
  add_signed(rows, "bad-r-above-order", "r is 2^384 - 1", "signature.invalid",
             [](Message& m) { std::fill_n(m.signature.begin(), 48, std::uint8_t{0xff}); });
  add_signed(rows, "bad-signature-der", "the signature is coded as DER", "signature.malformed",
             [](Message& m) { m.signature = der_form(m.signature); });
  add_signed(rows, "bad-signature-swapped", "s stands before r", "signature.invalid", [](Message& m) {
    std::rotate(m.signature.begin(), m.signature.begin() + 48, m.signature.end());
  });
  add_signed(rows, "bad-bit-in-signature", "one bit of the signature is changed", "signature.invalid",
             [](Message& m) { m.signature[20] ^= 0x10; });
  add_signed(rows, "bad-bit-in-protected", "one bit of the protected header is changed", "signature.invalid",
             [](Message& m) { m.protected_header.back() ^= 0x01; });
  add_signed(rows, "bad-bit-in-payload", "one bit of the last payload byte, in the nonce, is changed",
             "signature.invalid", [](Message& m) { m.payload.back() ^= 0x01; });
  add_signed(rows, "bad-made-indefinite", "the payload map is encoded anew with an indefinite length",
             "signature.invalid", [](Message& m) {
               m.payload.front() = 0xbf;
               m.payload.push_back(0xff);
             });
  Row& definite = rows.emplace_back(Row{
      "bad-made-definite", "the payload map is encoded anew with a definite length", 1, "signature.invalid"});
  definite.payload = [](Map& m) { m.indefinite = true; };
  definite.signed_message = [](Message& m) {
    m.payload.front() = 0xa9;
    m.payload.pop_back();
  };
  Row& other =
      rows.emplace_back(Row{"bad-signature-of-another-document",
                            "the signature of an earlier document of this enclave", 1, "signature.invalid"});
  other.signed_message = [](Message& m) {
    Row earlier;
    earlier.payload = [](Map& map) { map.set("nonce", bytes_item(Bytes(32, 0x11))); };
    if (const Result<Made> made = build(earlier)) m.signature = made->message.signature;
  };
}

void add_emulator(std::vector<Row>& rows) {
  Row& row = rows.emplace_back(Row{"bad-emulator-document",
                                   "zeros for signature and certificates, as QEMU's emulated NSM sends", 1,
                                   "signature.malformed"});
  row.payload = [](Map& m) {
    m.set("certificate", bytes_item(Bytes(64, 0)));
    m.set("cabundle", array_item({bytes_item(Bytes(64, 0))}));
  };
  row.signed_message = [](Message& m) { m.signature = Bytes(64, 0); };
}

}  // namespace

void add_cose_rows(std::vector<Row>& rows) {
  add_shapes(rows);
  add_headers(rows);
  add_signatures(rows);
  add_emulator(rows);
  Row& bare =
      rows.emplace_back(Row{"bad-payload-alone", "the payload without its COSE message", 1, "nitro.cose"});
  bare.ask = [](const Made& made, Case& c) {
    c.evidence.bytes = made.message.payload;
    return Status();
  };
  Row& cut =
      rows.emplace_back(Row{"bad-truncated", "the second half of the message is cut off", 1, "nitro.cose"});
  cut.ask = [](const Made&, Case& c) {
    c.evidence.bytes.resize(c.evidence.bytes.size() / 2);
    return Status();
  };
}

}  // namespace tee::mint::nitro
