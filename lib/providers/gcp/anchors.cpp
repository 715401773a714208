// Confidential Space Root CA: name and RSA key as numbers. Google serves it at
// https://confidentialcomputing.googleapis.com/.well-known/confidential_space_root.crt.
#include "providers/gcp/anchors.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::gcp {

namespace {

constexpr std::string_view kModulus =
    "af46e65ab1ccc0aa13197b53831c9e8c14b5fc118555f9137bc623bd1a9b80e778b397d3b1829dcd5e293715b627fbb6"
    "dc22430c490a42afa2b48db4900994fa7793f93c94f90e93466232c7916ebbfdf97e06eede48c6f4a9109ad634bedce8"
    "4d2bbb7b4886879b55dd992460863c28825291ba4dc21ab1786626bd45c13fa76314ebd1b2259a6a1d8c13a6536bdf1e"
    "3317eda7264f3a1b2c033feb06c123d67dc9aa634e15403ed93c311967faa0cdda0be62944f767909c0b32fba9ba2f10"
    "441c755c1697c3b4d55422dd9530258b05e38a510727e63b3be7ac5b9489eac3f42d411474027d327d18c1b86be63230"
    "301130e8e444d8fdf73e9db415609ccd41373d10ea451563e9c3f66315c37d0269dd7716141131573e60587ab31ecf42"
    "ca36d1a97ca6071e130c4c8de68f49bf57d7c26df87661b0549cc4b64b0776d18488322fc78866aa3a9194a9731e415c"
    "3ba611934b74182bc64ceb9b02fd08484335ddb222c3805062b559e522ede522fe82ba21ef5de489051951c50f15bbeb"
    "7a27b841765d1eb5604a02ef55b62e3a69fe5c8c2d3776ca641d1dcc01419cacb5844e44349ac4002af200970c9044bb"
    "90388e43ea917ee9a7f535b97ebd1eec2c26c359d32a9b513d5fa2b214a77a7b7ae713d3b8764149a77e56bd1da0a880"
    "245286be56ad4c5cb1581b88a66a764a1f48a0ac86e56dac110abdc6af6e055d";

Bytes attribute(std::string_view oid, std::string_view value) {
  return der::set({der::sequence({der::object_identifier(oid), der::printable(value)})});
}

Bytes root_name() {
  return der::sequence({attribute("2.5.4.6", "US"), attribute("2.5.4.8", "California"),
                        attribute("2.5.4.7", "Mountain View"), attribute("2.5.4.10", "Google LLC"),
                        attribute("2.5.4.11", "Google Cloud"),
                        attribute("2.5.4.3", "Confidential Space Root CA")});
}

}  // namespace

std::vector<crypto::TrustAnchor> token_anchors() {
  static const std::vector<crypto::TrustAnchor> anchors = [] {
    crypto::TrustAnchor root;
    root.label = "Google Confidential Space Root CA";
    root.name = root_name();
    root.key.key = crypto::RsaKey{*from_hex(kModulus), {0x01, 0x00, 0x01}};
    root.serials = {*from_hex("601bd1cb983d69860c87bb494bba45c1a7cbea")};
    const Bytes fingerprint = *from_hex("148b293821bb0c6a317f413c8ba475814091cb22d49b9e3c94198db8e8f86c39");
    std::copy(fingerprint.begin(), fingerprint.end(), root.certificates.emplace_back().begin());
    root.not_before = *time_from_fields(2024, 1, 19, 22, 10, 50);
    root.not_after = *time_from_fields(2034, 1, 16, 22, 10, 49);
    return std::vector<crypto::TrustAnchor>{root};
  }();
  return anchors;
}

}  // namespace tee::gcp
