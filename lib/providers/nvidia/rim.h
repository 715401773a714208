// NVIDIA reference integrity manifests: SWID tags (ISO/IEC 19770-2) with TCG RIM attributes and one enveloped XML
// signature. Floor F3.
//
// Signature and chain are one question here: the key comes from the first certificate of the chain that reaches the pinned
// root, and from nowhere else in the document.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/path.h"

namespace tee::nvidia {

struct Rim {
  std::string chip;      // SoftwareIdentity name: GH100, GB100, LS10
  std::string version;   // Meta colloquialVersion: of the driver or of the VBIOS
  std::string edition;   // GPU, SWITCH
  std::map<unsigned, std::vector<Bytes>> active;  // measurement index -> accepted values
  std::vector<crypto::Certificate> certificates;  // signer first
  bool digest_holds = false;     // Reference digest over the document without its signature
  bool signature_holds = false;  // SignatureValue over SignedInfo by the first certificate's key
};

// Error input.malformed: not the restricted form (see codec/xml.h), more than one signature, other algorithms, a key that does
// not come as a certificate. Digest and signature are evaluated and recorded, not judged.
Result<Rim> parse_rim(std::string_view xml);
bool looks_like_rim(std::string_view text);

// The path from the signer to one of the anchors. findings empty: the manifest is NVIDIA's (or the custom root's).
crypto::PathResult judge_rim_chain(const Rim& rim, const std::vector<crypto::TrustAnchor>& anchors, Time at,
                                   std::vector<const crypto::Certificate*>& chain);

}  // namespace tee::nvidia
