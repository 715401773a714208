// The quote container, versions 3, 4 and 5: header, body, signature data. Wire bytes to structs, no
// judgement. Floor F3.
//
// Intel SGX DCAP ECDSA Quote Library API, A.4 (version 3); Intel TDX DCAP Quoting Library API, A.3 (versions
// 4 and 5). Every size is checked against the ones around it and must fit exactly; only behind the whole
// quote may bytes follow (quoting services hand out buffers of fixed size). Views point into the evidence.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "providers/shared/intel_dcap/report_body.h"

namespace tee::intel {

enum class Tee { sgx, tdx };
std::string_view to_string(Tee tee);  // "SGX", "TDX"

inline constexpr std::array<std::uint8_t, 16> kIntelVendorId{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9,
                                                             0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07};
inline constexpr std::uint16_t kEcdsaP256 = 2;  // attestation key types
inline constexpr std::uint32_t kTeeSgx = 0, kTeeTdx = 0x81;

struct QuoteHeader {
  std::uint16_t version = 0, key_type = 0;
  std::uint32_t tee_type = 0;
  std::uint16_t qe_svn = 0, pce_svn = 0;  // version 3; reserved in later ones
  std::array<std::uint8_t, 16> vendor_id{};
  std::array<std::uint8_t, 20> user_data{};
};

// What the attestation key signs: the header and exactly one of the bodies.
struct QuoteHead {
  QuoteHeader header;
  ByteView signed_bytes;
  Tee tee = Tee::sgx;
  EnclaveReport enclave;  // SGX
  TdReport td;            // TDX
  const ReportData& report_data() const { return tee == Tee::tdx ? td.report_data : enclave.report_data; }
};

// Certification data types (SGX API, table 9).
namespace certification {
inline constexpr std::uint16_t kPpidPlain = 1, kPpidRsa2048 = 2, kPpidRsa3072 = 3, kPckLeaf = 4,
                               kPckChain = 5, kQeReport = 6;
}

struct SignatureData {
  ByteView signature, attestation_key;  // 64 bytes each: r then s, x then y
  EnclaveReport qe_report;
  ByteView qe_report_signature, qe_auth_data;
  std::uint16_t certification_type = 0;
  ByteView certification_data;
  std::size_t quote_size = 0;  // offset of the first byte behind the quote
};

// Types 1 to 3: which PCK certificate to ask Intel for.
struct PckRequest {
  std::optional<Svn16> ppid;  // only in clear text
  Svn16 cpu_svn{};
  std::uint16_t pce_svn = 0, pce_id = 0;
};

// Which room a quote is for, well-formed or not further in; nullopt: not a quote.
std::optional<Tee> recognise_quote(ByteView evidence);

Result<QuoteHead> parse_quote_head(ByteView evidence);
Result<SignatureData> parse_signature_data(ByteView evidence, const QuoteHead& head);
std::optional<PckRequest> parse_pck_request(const SignatureData& data);

}  // namespace tee::intel
