// The parts of the collateral reader: one function per kind of file. Used by lib/evidence/collateral*.cpp
// only. Floor F2.
//
// Each puts what it finds into Sink::set. An Error is collateral.unrecognised when the bytes are not of that
// kind, and collateral.malformed when they are, but break its format.
#pragma once

#include <string>
#include <string_view>

#include "codec/json.h"
#include "evidence/collateral.h"

namespace tee::collateral {

struct Sink {
  CollateralSet& set;
  std::string source;
  Origin origin = Origin::supplied;
  std::string issuer = {};   // for key sets: as the operator's bundle names it
  unsigned layers_left = 1;  // text layers (hex, base64, bundle item) that may still be taken off

  ItemSource describe(ByteView exact) const;
  void add(crypto::Certificate certificate);
  void add(crypto::Crl crl);
  void add(DocumentKind kind, Bytes body, Bytes signature = {});
};

tl::unexpected<Error> unrecognised(const Sink& sink);
tl::unexpected<Error> malformed(const Sink& sink, const std::string& why);

// Any kind, told by the bytes.
Status read_any(Sink& sink, ByteView bytes);
Status read_der(Sink& sink, ByteView bytes);  // certificate, CRL, OCSP answer
Status read_pem(Sink& sink, std::string_view text);
Status read_json(Sink& sink, std::string_view text);
Status read_bundle(Sink& sink, const Json& bundle);
Status read_table(Sink& sink, ByteView table);
bool looks_like_table(ByteView bytes);
bool looks_like_der(ByteView bytes);  // one of the three, by its first tags

// "-----BEGIN%20CERTIFICATE…" as in the issuer-chain headers of Intel's services.
bool looks_percent_encoded(std::string_view text);
Result<std::string> decode_percent(std::string_view text);

}  // namespace tee::collateral
