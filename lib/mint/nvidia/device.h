// The parts of which NVIDIA cases are made: PKI, SPDM reports, signed manifests, OCSP answers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mint/mint.h"
#include "mint/x509.h"

namespace tee::mint::nvidia {

inline constexpr std::int64_t kMadeAt = 1'750'000'000;  // 2025-06-15

// A device chain: root ← identity ← provisioner ← BROM ← leaf, all P-384.
struct Chain {
  std::vector<crypto::PrivateKey> keys;  // leaf first, root last
  std::vector<Bytes> certificates;       // the same order, DER
};
struct ChainSpec {
  std::string chip = "GH100";            // in the common names
  Bytes fwid = Bytes(48, 0x21);          // in the leaf; empty: no extension
  bool p256_leaf = false;
  bool foreign_root = false;                   // a root of the same name under another key
  std::optional<crypto::PrivateKey> chip_key;  // of the chip's own certificate, above the leaf; fresh unless given
  Time not_before = unix_time(kMadeAt - 3600 * 24 * 365);
  Time not_after = unix_time(kMadeAt + 3600 * 24 * 3650);
};
// Keys of root, identity and provisioner are the same for every chain of the process.
Result<Chain> make_chain(const ChainSpec& spec);

struct ReportSpec {
  Bytes nonce = Bytes(32, 0x5a);
  std::map<unsigned, Bytes> measurements;                // RIM index -> 48 bytes
  std::vector<std::pair<std::uint16_t, Bytes>> opaque;   // in order
  std::function<void(Bytes&)> before_signing;            // on everything but the signature
};
ReportSpec hopper_report();
ReportSpec switch_report();
Result<Bytes> make_report(const ReportSpec& spec, const crypto::PrivateKey& leaf_key);

struct RimSpec {
  std::string chip = "GH100", version, edition = "GPU";
  std::map<unsigned, std::vector<Bytes>> active;         // index -> alternatives
  std::function<void(std::string& xml)> before_signing;  // on the document without its signature
  std::function<void(std::string& xml)> after_signing;
  std::string key_info_extra;                            // inside KeyInfo, before X509Data
  bool foreign_root = false, expired_signer = false, early_signer = false;
  enum class Signer { listed, stranger, stranger_listed_first, stranger_listed_last } signer = Signer::listed;
};
Result<std::string> make_rim(const RimSpec& spec);

Result<Bytes> device_root();  // DER
Result<Bytes> rim_root();

// An OCSP answer about certificate `index` of a device chain, by the issuer itself.
struct OcspSpec {
  std::size_t index = 1;
  unsigned status = 0;         // 0 good, 1 revoked, 2 unknown
  unsigned reason = 6;         // for revoked
  Time this_update = unix_time(kMadeAt - 3600), next_update = unix_time(kMadeAt + 3600);
  bool foreign_signer = false;
};
Result<Bytes> make_ocsp(const OcspSpec& spec, const Chain& chain);

}  // namespace tee::mint::nvidia
