// VCEK and VLEK certificates: AMD's extensions read, and compared with a report (AMD 57230). Floor F3.
//
// Reading records what breaks the profile and goes on, so that every fault of a certificate is named. Whether
// its issuer is trusted is another question (chain.h).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "crypto/x509.h"
#include "providers/snp/anchors.h"
#include "providers/snp/evidence.h"

namespace tee::snp {

enum class VekKind { vcek, vlek };
std::string_view to_string(VekKind k);  // "VCEK"

struct VekProfile {
  std::optional<VekKind> kind;  // by the subject's common name
  std::optional<unsigned> struct_version;
  std::optional<std::string> product_name;
  std::array<std::optional<unsigned>, 10> spl;  // 1 bl, 2 tee, 3 snp, 4..7 reserved, 8 ucode, 9 fmc
  std::optional<Bytes> hwid;                    // 8 or 64 bytes
  std::optional<std::string> csp_id;
  std::optional<NamedKey> issuer;      // by the issuer's common name
  std::vector<std::string> malformed;  // extensions that are there but not as AMD writes them
};
VekProfile read_profile(const crypto::Certificate& certificate);

// How the TCBs of this report are laid out: by its CPUID, for version 2 by the certificate,
// else by its chip id.
TcbLayout layout_for(const Report& report, const VekProfile* profile);

struct Fault {
  const Code* code;
  std::string message;
};
using Faults = std::vector<Fault>;

// The certificate against AMD's profile for its kind and the product, and against SIGNING_KEY.
Faults judge_profile(const crypto::Certificate& certificate, const VekProfile& profile, const Report& report);

// Component numbers against REPORTED_TCB, hardware id against CHIP_ID: true only when all of
// it is there and equal.
bool tcb_matches(const VekProfile& profile, const Report& report);
bool hwid_matches(const VekProfile& profile, const Report& report);
std::string certified_tcb_text(const VekProfile& profile);

}  // namespace tee::snp
