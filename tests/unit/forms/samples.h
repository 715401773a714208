// Bytes that have the shape of each kind of evidence, without being good ones, for the tests of the
// wrappings.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "base/encoding.h"
#include "codec/cbor.h"
#include "codec/jwt.h"
#include "verify/registry.h"
#include "verify/subject.h"

namespace tee::test {

// SNP: version 3, policy bit 17, signature algorithm 1 (AMD SEV-SNP ABI 56860, table 23).
inline Bytes snp_report() {
  Bytes b(1184, 0x11);
  std::fill_n(b.begin(), 0x38, std::uint8_t{0});
  b[0] = 3;
  b[10] = 2;
  b[0x34] = 1;
  return b;
}

// DCAP quote header: version 4, key type 2, TEE type 0x81, Intel's QE vendor id.
inline Bytes tdx_quote() {
  Writer out;
  out.u16le(4).u16le(2).u32le(0x81).u32le(0).bytes(from_hex("939a7233f79c4ca9940a0db3957f0607").value());
  out.zeros(1300);
  return std::move(out).take();
}

inline Bytes nitro_document() {
  Bytes payload;
  cbor::put_head(payload, 5, 2);
  cbor::put_text(payload, "module_id");
  cbor::put_text(payload, "i-0");
  cbor::put_text(payload, "cabundle");
  cbor::put_head(payload, 4, 0);
  Bytes out{0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0};
  cbor::put_bytes(out, payload);
  cbor::put_bytes(out, Bytes(96, 1));
  return out;
}

// What the bytes were taken for, whether or not this build has the room.
inline std::string taken_for(const verify::Subject& s) {
  if (s.malformed) return std::string(s.malformed->code->name);
  if (s.error_object) return "error object";
  if (s.absent_provider) return std::string(to_string(*s.absent_provider));
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  return room ? std::string(to_string(room->provider)) : "nothing";
}

inline verify::Subject recognise_text(std::string_view text) {
  return verify::recognise(to_bytes(as_bytes(text)), "test");
}
inline verify::Subject recognise(const Json& j) { return recognise_text(j.dump()); }

inline std::string taken_for(const Json& j) { return taken_for(recognise(j)); }
inline std::string text_taken_for(std::string_view text) { return taken_for(recognise_text(text)); }

inline Json ints(ByteView bytes) { return Json(std::vector<int>(bytes.begin(), bytes.end())); }

inline Json envelope(std::string_view provider, std::string_view type, ByteView evidence) {
  return {{"schema", "tee.evidence/1"},
          {"provider", provider},
          {"type", type},
          {"evidence_b64", base64(evidence)},
          {"collected_at", "2025-01-01T00:00:00Z"},
          {"simulated", false}};
}
inline Json snp_envelope() { return envelope("amd_sev_snp", "sev_snp_report", snp_report()); }

}  // namespace tee::test
