// Raw bytes, the three text layers, and everything that is no evidence.
#include "base/env.h"
#include "samples.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("forms: raw bytes") {
  const verify::Subject s = verify::recognise(snp_report(), "r.bin");
  CHECK(taken_for(s) == "amd_sev_snp");
  CHECK(s.name == "r.bin");
  CHECK(s.evidence == snp_report());
  CHECK(s.input == snp_report());
  CHECK(taken_for(verify::recognise(tdx_quote(), "q")) == "intel_tdx");
  CHECK(taken_for(verify::recognise(nitro_document(), "d")) == "aws_nitro");
}

TEST_CASE("forms: one text layer of the whole subject") {
  const Bytes report = snp_report();
  const std::string digits = hex(report), letters = base64(report);
  std::string wrapped;
  for (std::size_t i = 0; i < digits.size(); i += 60) wrapped += digits.substr(i, 60) + "\n";
  for (const std::string& text : {digits, digits + "\n", "  " + digits + "\r\n", "0x" + digits, wrapped}) {
    const verify::Subject s = recognise_text(text);
    CHECK(taken_for(s) == "amd_sev_snp");
    CHECK(s.form == "hex");
    CHECK(s.evidence == report);
    CHECK(as_text(s.input) == text);
  }
  for (const std::string& text : {letters, letters + "\n", base64(report, Base64::url)}) {
    const verify::Subject s = recognise_text(text);
    CHECK(taken_for(s) == "amd_sev_snp");
    CHECK(s.form == "base64");
    CHECK(s.evidence == report);
  }
  const verify::Subject list = recognise(ints(report));
  CHECK(taken_for(list) == "amd_sev_snp");
  CHECK(list.form == "byte-array");
  CHECK(list.evidence == report);
}

TEST_CASE("forms: a text layer around a JSON form") {
  const verify::Subject s = recognise_text(base64(as_bytes(snp_envelope().dump())));
  CHECK(taken_for(s) == "amd_sev_snp");
  CHECK(s.form == "base64+envelope");
}

TEST_CASE("bad-two-text-layers_S20: text in text is refused") {
  const Bytes report = snp_report();
  CHECK(text_taken_for(hex(as_bytes(hex(report)))) == "evidence.ambiguous");
  CHECK(text_taken_for(base64(as_bytes(hex(report)))) == "evidence.ambiguous");
  CHECK(text_taken_for(hex(as_bytes(base64(report)))) == "evidence.ambiguous");
  CHECK(taken_for(ints(as_bytes(hex(report)))) == "evidence.ambiguous");
  CHECK(text_taken_for(base64(as_bytes(base64(as_bytes(snp_envelope().dump()))))) == "evidence.ambiguous");
  // In a JSON form the spelling of the evidence member is not counted, a text inside it would be one layer
  // too many.
  CHECK(taken_for(envelope("amd_sev_snp", "sev_snp_report", as_bytes(hex(report)))) ==
        "evidence.unrecognised");
}

TEST_CASE("bad-no-evidence: empty, text, arrays, other JSON") {
  for (const std::string& text :
       {std::string(), std::string(" \n"), std::string("hello world"), std::string("# Manifest\n"),
        std::string("[]"), std::string("{}"), std::string("[1,2,300]"), std::string("[1,-2]"),
        std::string("[{}]"), std::string("[[1,2]]"), std::string("null"), std::string("42"),
        std::string("\"text\""), std::string("0x"), std::string("00"), std::string(3, '\0'),
        std::string("{\"a\":1}"), std::string("{\"schema\":\"tee.detect/1\"}"), std::string("\x1b[31mred")}) {
    CAPTURE(text);
    CHECK(text_taken_for(text) == "evidence.unrecognised");
  }
}

TEST_CASE("bad-json: what the JSON reader refuses is malformed, in every layer") {
  CHECK(text_taken_for("{") == "input.malformed");
  CHECK(text_taken_for("{\"a\":1}x") == "input.malformed");
  CHECK(text_taken_for("{\"a\":1,\"a\":2}") == "input.malformed");
  CHECK(text_taken_for("{\"a\":1,\"\\u0061\":2}") == "input.malformed");
  CHECK(text_taken_for(base64(as_bytes("{\"a\":1,\"a\":2}"))) == "input.malformed");
  CHECK(text_taken_for("{\"a\":" + std::string(100000, '[')) == "input.malformed");
  CHECK(text_taken_for(std::string(100000, '[')) == "evidence.unrecognised");
  CHECK(text_taken_for(std::string("{\"a\":\"\xff\"}")) == "input.malformed");
}

TEST_CASE("bad-too-large: over 8 MiB") {
  CHECK(taken_for(verify::recognise(Bytes(kMaxInput + 1, 0), "big")) == "evidence.too_large");
  CHECK(taken_for(verify::recognise(Bytes(kMaxInput, 0), "big")) == "evidence.unrecognised");
}

TEST_CASE("bad-recognised-but-no-evidence: says what it is instead") {
  const auto message = [](const verify::Subject& s) {
    return s.malformed ? s.malformed->message : std::string();
  };
  Bytes tdreport(1024, 0);
  tdreport[0] = 0x81;
  const verify::Subject t = verify::recognise(tdreport, "t");
  CHECK(taken_for(t) == "evidence.unsupported");
  CHECK(message(t).find("TDREPORT") != std::string::npos);
  const verify::Subject cwt = verify::recognise(
      Bytes{0xd8, 0x3d, 0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, 0xa0, 0x41, 0x00, 0x41, 0x00}, "c");
  if (provider_built(Provider::intel_tdx)) {
    CHECK(taken_for(cwt) == "intel_tdx");  // the room refuses it with a reason of its own
  } else {
    CHECK(taken_for(cwt) == "evidence.unsupported");
    CHECK(message(cwt).find("CWT") != std::string::npos);
  }
  const verify::Subject collateral = recognise_text(std::string_view(R"({"tcbInfo":{},"signature":""})"));
  CHECK(taken_for(collateral) == "evidence.unrecognised");
  const verify::Subject result =
      recognise_text(std::string_view(R"({"schema":"tee.result/1","verdict":"pass","exit":0})"));
  CHECK(taken_for(result) == "evidence.unrecognised");  // S24: a verdict is no evidence
  CHECK(message(result).find("tee.result/1") != std::string::npos);
  const std::string foreign =
      jwt::signing_input("{\"alg\":\"RS256\"}", "{\"iss\":\"https://example\"}") + ".AAAA";
  CHECK(message(recognise_text(std::string_view(foreign))).find("token") != std::string::npos);
}

TEST_CASE("forms: an error object is handed on") {
  const std::string text = R"({"schema":"tee.error/1","exit":5,"error":{"code":"device.absent"}})";
  const verify::Subject s = recognise_text(std::string_view(text));
  REQUIRE(s.error_object);
  CHECK((*s.error_object)["exit"] == 5);
  CHECK(!s.type);
}
