// Device chains that are another device's, incomplete, out of date, revoked; and one device in place of two.
#include <algorithm>

#include "base/encoding.h"
#include "mint/nvidia/parts.h"

namespace tee::mint::nvidia {

namespace {

const Row kRows[] = {
    {"bad-other-leaf", "the chain of another device", kFail, "signature.invalid",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c = other->certificates; }; }},
    {"bad-missing-intermediate", "one certificate of the chain left out", kFail, "chain.untrusted",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { c.erase(c.begin() + 2); }; }},
    {"bad-p256-leaf", "a leaf key on P-256", kOpen, "chain.missing", [](Parts& p) { p.chain.p256_leaf = true; }},
    {"bad-expired", "the leaf is past its end", kFail, "chain.expired", [](Parts& p) { p.chain.not_after = unix_time(kMadeAt - 1); }},
    {"bad-fwid", "another firmware id in the report", kFail, "nvidia.fwid_mismatch", [](Parts& p) { opaque_of(p, 20) = Bytes(48, 0x22); }},
    {"bad-fwid-extension-missing", "no firmware id in the leaf", kFail, "nvidia.fwid_mismatch", [](Parts& p) { p.chain.fwid.clear(); }},
    {"bad-declared-arch", "evidence JSON that names another architecture", kFail, "nvidia.arch_mismatch",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.json_arch = "BLACKWELL";
     }},
    {"bad-same-device-twice_S16", "one device listed twice", kFail, "nvidia.duplicate_device",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.copies = 2;
     }},
    {"bad-revoked", "a certificate of the chain is revoked", kFail, "chain.revoked", [](Parts& p) { p.ocsp = OcspSpec{.status = 1, .reason = 1}; }},
    {"bad-certificate-hold_S15", "a certificate of the chain is on hold", kFail, "chain.revoked",
     [](Parts& p) { p.ocsp = OcspSpec{.status = 1, .reason = 6}; }},
    {"bad-ocsp-unknown", "the responder does not know the certificate", kOpen, "nvidia.revocation_unanswered",
     [](Parts& p) { p.ocsp = OcspSpec{.status = 2}; }},
    {"bad-ocsp-stale", "an OCSP answer past its next update", kOpen, "collateral.stale",
     [](Parts& p) { p.ocsp = OcspSpec{.next_update = unix_time(kMadeAt - 60)}; }},
    {"bad-ocsp-foreign-signer", "an OCSP answer signed by nobody's key", kOpen, "collateral.bad_signature",
     [](Parts& p) { p.ocsp = OcspSpec{.foreign_signer = true}; }},
    {"bad-restarted-device-twice_S16", "one chip listed twice, with leaf keys of two starts", kFail, "nvidia.duplicate_device",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.others = {{.same_chip = true, .report = p.report}};
     }},
    {"bad-leaf-swapped", "only the leaf is another device's", kFail, "signature.invalid",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c[0] = other->certificates[0]; }; }},
    {"bad-intermediate-swapped", "only the chip's certificate is another device's", kFail, "chain.invalid",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c[1] = other->certificates[1]; }; }},
    {"bad-other-root-of-same-name", "a root of the same name under another key", kFail, "chain.untrusted",
     [](Parts& p) { p.chain.foreign_root = true; }},
    {"bad-json-chain-reversed", "evidence JSON with the root first", kFail, "signature.invalid",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.change_chain = [](std::vector<Bytes>& c) { std::reverse(c.begin(), c.end()); };
     }},
    {"bad-json-extra-certificate", "evidence JSON with a certificate that does not belong to the chain", kFail, "chain.malformed",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c.push_back(other->certificates[0]); };
     }},
    {"bad-json-chain-disordered", "evidence JSON with two intermediates in each other's place", kFail, "chain.malformed",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.change_chain = [](std::vector<Bytes>& c) { std::swap(c[1], c[2]); };
     }},
    {"bad-early", "the leaf is not valid yet", kFail, "chain.not_yet_valid", [](Parts& p) { p.chain.not_before = unix_time(kMadeAt + 1); }},
    {"bad-chip-unknown", "a chain of a chip that is not known", kFail, "nvidia.arch_mismatch", [](Parts& p) { p.chain.chip = "GV100"; }},
    {"bad-no-chain", "no certificate at all", kOpen, "chain.missing", [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { c = {}; }; }},
};

}  // namespace

std::span<const Row> chain_rows() { return kRows; }

}  // namespace tee::mint::nvidia
