// OpenSSL's path validation as the oracle: no chain of the mint passes here that OpenSSL refuses.
#include "mint/nitro/document.h"
#include "mint/nitro/nitro.h"
#include "providers/nitro/chain.h"
#include "unit/crypto/openssl_oracle.h"

using namespace tee;

TEST_CASE("nitro chains: whatever we accept, OpenSSL accepts") {
  std::size_t judged = 0;
  std::vector<mint::nitro::Row> rows;
  mint::nitro::add_good_rows(rows);
  mint::nitro::add_chain_rows(rows);
  for (const mint::nitro::Row& row : rows) {
    CAPTURE(row.name);
    const mint::nitro::Made made = mint::nitro::build(row).value();
    const mint::Case c = mint::nitro::make_case(row).value();
    const Result<nitro::Document> document = nitro::parse_document(made.message.payload);
    if (!document) continue;
    Findings ignored;
    const nitro::Certificates certificates = nitro::read_certificates(*document, ignored);
    if (!certificates.complete()) continue;
    std::vector<const crypto::Certificate*> path{&*certificates.leaf};
    for (std::size_t i = certificates.bundle.size(); i-- > 1;) path.push_back(&certificates.bundle[i]);
    if (!certificates.bundle[0].key) continue;
    const crypto::TrustAnchor anchor = crypto::anchor_from(certificates.bundle[0], "root");
    test::require_agreement(path, anchor, c.at, nitro::path_rules());
    ++judged;
  }
  CHECK(judged > 30);
}
