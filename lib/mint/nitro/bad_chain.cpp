// Variants whose certificates do not lead from the signing key to the pinned root.
#include <algorithm>

#include "codec/der.h"
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

using ChainStep = std::function<void(Chain&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, std::string code, ChainStep step = {}) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
  row.chain = std::move(step);
  return row;
}

void add_times(std::vector<Row>& rows) {
  const Time at = usual_facts().at;
  add(rows, "bad-leaf-not-yet-valid", "the leaf begins ten seconds after the judged time",
      "chain.not_yet_valid", [at](Chain& c) { c[kLeaf].spec.not_before = at + Seconds(10); });
  add(rows, "bad-zonal-expired", "the zonal certificate ended a second ago", "chain.expired",
      [at](Chain& c) { c[kZonal].spec.not_after = at - Seconds(1); });
  add(rows, "bad-regional-not-yet-valid", "the regional certificate begins in a second",
      "chain.not_yet_valid", [at](Chain& c) { c[kRegional].spec.not_before = at + Seconds(1); });
  add(rows, "bad-root-expired", "the certificate of the root ended a second ago", "chain.expired",
      [at](Chain& c) { c[kRoot].spec.not_after = at - Seconds(1); });
  Row& expired = add(rows, "bad-leaf-expired", "judged a second after the leaf's end", "chain.expired");
  expired.ask = [](const Made& made, Case& c) {
    c.at = made.chain[kLeaf].spec.not_after + Seconds(1);
    return Status();
  };
}

void add_constraints(std::vector<Row>& rows) {
  add(rows, "bad-leaf-is-ca", "the leaf is marked as a CA", "chain.invalid",
      [](Chain& c) { c[kLeaf].spec.ca = true; });
  add(rows, "bad-leaf-may-not-sign", "the leaf's key usage is keyCertSign alone", "chain.invalid",
      [](Chain& c) {
        c[kLeaf].spec.digital_signature = false;
        c[kLeaf].spec.cert_sign = true;
      });
  add(rows, "bad-leaf-without-key-usage", "the leaf has no key usage", "chain.invalid",
      [](Chain& c) { c[kLeaf].spec.digital_signature = false; });
  add(rows, "bad-instance-not-ca", "the instance certificate is no CA", "chain.invalid", [](Chain& c) {
    c[kInstance].spec.ca = false;
    c[kInstance].spec.path_length.reset();
  });
  add(rows, "bad-zonal-without-cert-sign", "the zonal certificate may not sign certificates", "chain.invalid",
      [](Chain& c) { c[kZonal].spec.cert_sign = false; });
  add(rows, "bad-instance-without-key-usage", "the instance certificate has no key usage", "chain.invalid",
      [](Chain& c) { c[kInstance].spec.cert_sign = false; });
  add(rows, "bad-path-length", "the zonal certificate allows no CA below it", "chain.invalid",
      [](Chain& c) { c[kZonal].spec.path_length = 0; });
  add(rows, "bad-unknown-critical-extension",
      "the zonal certificate has a critical extension of unknown meaning", "chain.invalid", [](Chain& c) {
        c[kZonal].spec.extensions.push_back({"1.3.6.1.4.1.99999.1", true, der::null()});
      });
  add(rows, "bad-leaf-version-1", "the leaf is a version 1 certificate", "chain.invalid",
      [](Chain& c) { c[kLeaf].spec.version = 1; });
  add(rows, "bad-ca-as-leaf", "the instance CA signs the document itself", "chain.invalid",
      [](Chain& c) { c.pop_back(); });
}

void add_algorithms(std::vector<Row>& rows) {
  add(rows, "bad-leaf-p256", "the leaf's key is on P-256", "chain.invalid",
      [](Chain& c) { set_key(c[kLeaf], named_key("leaf-p256", crypto::Curve::p256)); });
  add(rows, "bad-leaf-p521", "the leaf's key is on P-521", "chain.invalid",
      [](Chain& c) { set_key(c[kLeaf], named_key("leaf-p521", crypto::Curve::p521)); });
  add(rows, "bad-instance-p256", "the instance key is on P-256", "chain.invalid",
      [](Chain& c) { set_key(c[kInstance], named_key("instance-p256", crypto::Curve::p256)); });
  add(rows, "bad-root-p256", "the root's key is on P-256", "chain.invalid",
      [](Chain& c) { set_key(c[kRoot], named_key("root-p256", crypto::Curve::p256)); });
  add(rows, "bad-leaf-sha256", "the leaf is signed with ecdsa-with-SHA256", "chain.invalid",
      [](Chain& c) { c[kLeaf].spec.scheme = crypto::Scheme::ecdsa_sha256; });
  add(rows, "bad-zonal-sha512", "the zonal certificate is signed with ecdsa-with-SHA512", "chain.invalid",
      [](Chain& c) { c[kZonal].spec.scheme = crypto::Scheme::ecdsa_sha512; });
}

void add_issuers(std::vector<Row>& rows) {
  add(rows, "bad-leaf-skips-instance", "the regional key signed the leaf", "chain.invalid",
      [](Chain& c) { c[kLeaf].signer = kRegional; });
  add(rows, "bad-leaf-issuer-name", "the leaf names another issuer", "chain.invalid",
      [](Chain& c) { c[kLeaf].spec.issuer = common_name("somebody"); });
  for (std::size_t place = kRegional; place <= kLeaf; ++place) {
    constexpr std::string_view kNames[] = {"root", "regional", "zonal", "instance", "leaf"};
    add(rows, "bad-bit-in-" + std::string(kNames[place]) + "-signature",
        "one bit of that certificate's signature is changed",
        place == kRegional ? "chain.untrusted" : "chain.invalid",
        [place](Chain& c) { c[place].spoil_signature = true; });
  }
  add(rows, "bad-key-of-the-leaf", "the document is signed with another key than the leaf's",
      "signature.invalid", [](Chain& c) { c[kLeaf].key = named_key("stranger"); });
}

Bytes foreign_root() {
  Link root = usual_chain(usual_facts().at, usual_facts().module_id, usual_facts().region)[kRoot];
  set_key(root, named_key("foreign-root"));
  return issue({root}).value()[0];
}

// The anchor stays the root that everybody knows; the chain ends elsewhere.
Status anchor_usual_root(const Made&, Case& c) {
  Row usual;
  TEE_TRY(const Made made, build(usual));
  c.anchors = {{"device", {"root.der", made.certificates[kRoot]}}};
  return {};
}

void add_roots(std::vector<Row>& rows) {
  Row& other_key = add(rows, "bad-root-same-name-other-key", "a whole chain under a root of the same name",
                       "chain.untrusted", [](Chain& c) { set_key(c[kRoot], named_key("foreign-root")); });
  other_key.ask = anchor_usual_root;
  Row& other_name =
      add(rows, "bad-root-same-key-other-name", "the root's key under another name", "chain.untrusted",
          [](Chain& c) { c[kRoot].spec.subject = common_name("other.nitro-enclaves"); });
  other_name.ask = anchor_usual_root;
  Row& pinned =
      add(rows, "bad-not-the-aws-root", "no anchor is given, so AWS's root is asked for", "chain.untrusted");
  pinned.ask = [](const Made&, Case& c) {
    c.anchors.clear();
    return Status();
  };
  Row& impostor = add(rows, "bad-aws-root-impostor", "a root that bears the name of AWS's", "chain.untrusted",
                      [](Chain& c) {
                        c[kRoot].spec.subject = {{"2.5.4.6", "US", true},
                                                 {"2.5.4.10", "Amazon"},
                                                 {"2.5.4.11", "AWS"},
                                                 {"2.5.4.3", "aws.nitro-enclaves"}};
                      });
  impostor.ask = pinned.ask;
  Row& foreign =
      add(rows, "bad-foreign-anchor_S9", "the operator trusts another root only", "chain.untrusted");
  foreign.ask = [](const Made&, Case& c) {
    c.anchors = {{"device", {"root.der", foreign_root()}}};
    return Status();
  };
}

void add_old_anchor(std::vector<Row>& rows) {
  Row& row = add(rows, "bad-anchor-expired",
                 "the operator's copy of the root ended, the bundle has a newer one of the same key",
                 "chain.expired");
  row.ask = [](const Made& made, Case& c) -> Status {
    Chain other = made.chain;
    other[kRoot].spec.not_after = made.facts.at - Seconds(1);
    TEE_TRY(const std::vector<Bytes> certificates, issue(other));
    c.anchors = {{"device", {"root.der", certificates[kRoot]}}};
    return {};
  };
}

// What may happen to the bundle between issuing and encoding.
void add_bundle(std::vector<Row>& rows, std::string name, std::string what, std::string code,
                std::function<void(std::vector<Bytes>&)> change) {
  Row& row = add(rows, std::move(name), std::move(what), std::move(code));
  row.payload = [change](Map& m) {
    const Chain chain = usual_chain(usual_facts().at, usual_facts().module_id, usual_facts().region);
    std::vector<Bytes> bundle = issue(chain).value();
    m.set("certificate", bytes_item(bundle.back()));
    bundle.pop_back();
    change(bundle);
    std::vector<Bytes> items;
    for (const Bytes& der : bundle) items.push_back(bytes_item(der));
    m.set("cabundle", array_item(items));
  };
}

void add_bundles(std::vector<Row>& rows) {
  add_bundle(rows, "bad-bundle-without-root", "cabundle[0] is the regional certificate", "chain.untrusted",
             [](std::vector<Bytes>& b) { b.erase(b.begin()); });
  add_bundle(rows, "bad-bundle-reversed", "the bundle stands leaf to root", "chain.untrusted",
             [](std::vector<Bytes>& b) { std::reverse(b.begin(), b.end()); });
  add_bundle(rows, "bad-bundle-swapped", "zonal and instance certificate are swapped", "chain.invalid",
             [](std::vector<Bytes>& b) { std::swap(b[kZonal], b[kInstance]); });
  add_bundle(rows, "bad-bundle-foreign-root", "cabundle[0] is a foreign root", "chain.untrusted",
             [](std::vector<Bytes>& b) { b[kRoot] = foreign_root(); });
  add_bundle(rows, "bad-bundle-extra", "a certificate of somebody else stands in the bundle",
             "chain.untrusted", [](std::vector<Bytes>& b) { b.insert(b.begin() + 1, foreign_root()); });
  add_bundle(rows, "bad-bundle-gap", "the zonal certificate is left out", "chain.invalid",
             [](std::vector<Bytes>& b) { b.erase(b.begin() + kZonal); });
  add_bundle(rows, "bad-bundle-truncated", "the last byte of the zonal certificate is cut off",
             "chain.malformed", [](std::vector<Bytes>& b) { b[kZonal].pop_back(); });
  const auto leaf = [&rows](std::string name, std::string what, std::function<void(Bytes&)> change) {
    Row& row = add(rows, std::move(name), std::move(what), "chain.malformed");
    row.payload = [change](Map& m) {
      Bytes der =
          issue(usual_chain(usual_facts().at, usual_facts().module_id, usual_facts().region)).value().back();
      change(der);
      m.set("certificate", bytes_item(der));
    };
  };
  leaf("bad-leaf-truncated", "the last byte of the leaf is cut off", [](Bytes& der) { der.pop_back(); });
  leaf("bad-leaf-trailing", "a byte follows the leaf", [](Bytes& der) { der.push_back(0); });
  leaf("bad-leaf-other-tag", "the leaf begins with SET instead of SEQUENCE",
       [](Bytes& der) { der[0] = der::kSet; });
}

}  // namespace

void add_chain_rows(std::vector<Row>& rows) {
  add_times(rows);
  add_constraints(rows);
  add_algorithms(rows);
  add_issuers(rows);
  add_roots(rows);
  add_old_anchor(rows);
  add_bundles(rows);
}

}  // namespace tee::mint::nitro
