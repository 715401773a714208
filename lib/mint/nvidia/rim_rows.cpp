// Manifests that are absent, of something else, changed, badly signed, or at odds with each other.
#include <algorithm>

#include "base/encoding.h"
#include "mint/nvidia/parts.h"

namespace tee::mint::nvidia {

namespace {

const Row kRows[] = {
    {"bad-driver-rim-missing", "no driver manifest", kOpen, "nvidia.rim_missing", [](Parts& p) { p.with_driver = false; }},
    {"bad-no-rims", "no manifest at all", kOpen, "nvidia.rim_missing", [](Parts& p) { p.with_driver = p.with_vbios = false; }},
    {"bad-measurement", "a measurement that no alternative matches", kFail, "nvidia.measurement_mismatch",
     [](Parts& p) { p.vbios.active[8] = {Bytes(48, 9)}; }},
    {"bad-measurement-absent", "an active index that the report does not have", kFail, "nvidia.measurement_mismatch",
     [](Parts& p) { p.vbios.active[200] = {Bytes(48, 9)}; }},
    {"bad-index-conflict", "an index active in both manifests", kFail, "nvidia.measurement_conflict",
     [](Parts& p) { p.driver.active[8] = p.vbios.active[8]; }},
    {"bad-rims-empty", "no active measurement at all", kFail, "nvidia.rim_empty",
     [](Parts& p) {
       p.driver.active.clear();
       p.vbios.active.clear();
     }},
    {"bad-rim-other-version", "a manifest of another VBIOS", kOpen, "nvidia.rim_missing", [](Parts& p) { p.vbios.version = "96.00.A5.00.02"; }},
    {"bad-rim-other-chip_S15", "a manifest of another chip", kOpen, "nvidia.rim_missing", [](Parts& p) { p.vbios.chip = "GB100"; }},
    {"bad-rim-changed", "a manifest changed after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "index=\"8\"", "index=\"9\""); }; }},
    {"bad-rim-inactive", "an active measurement switched off after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x.replace(x.find("active=\"True\""), 13, "active=\"False\""); }; }},
    {"bad-rim-key-value", "a key that does not come as a certificate", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.key_info_extra = "<ds:KeyValue></ds:KeyValue>"; }},
    {"bad-rim-foreign-root", "a manifest under another root", kOpen, "nvidia.rim_bad_signature", [](Parts& p) { p.vbios.foreign_root = true; }},
    {"bad-rim-signer-expired", "a manifest whose signer has expired", kOpen, "nvidia.rim_stale", [](Parts& p) { p.vbios.expired_signer = true; }},
    {"bad-rim-two-signatures", "a second Signature element", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         const std::size_t begin = x.find("<ds:Signature "), end = x.find("</ds:Signature>") + 15;
         x.insert(end, x.substr(begin, end - begin));
       };
     }},
    {"bad-rim-reference-fragment", "a reference to a fragment", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "URI=\"\"", "URI=\"#x\""); }; }},
    {"bad-rim-transform-removed", "only one transform", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         replace_all(x, "<ds:Transform Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"></ds:Transform>", "");
       };
     }},
    {"bad-rim-doctype", "a DOCTYPE", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x = "<!DOCTYPE a [<!ENTITY b 'c'>]>" + x; }; }},
    {"bad-rim-comment", "a comment inside", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x.insert(x.find("<Payload>"), "<!-- -->"); }; }},
    {"bad-rim-ambiguous_S11", "two signed manifests of one version that differ", kOpen, "nvidia.rim_ambiguous",
     [](Parts& p) { p.second_vbios = true; }},
    {"bad-rim-key-substituted", "a manifest signed by a key that no certificate names", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.signer = RimSpec::Signer::stranger; }},
    {"bad-rim-stranger-first", "a manifest signed by a stranger, whose certificate stands before the chain", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.signer = RimSpec::Signer::stranger_listed_first; }},
    {"bad-rim-stranger-last", "a manifest signed by a stranger, whose certificate stands behind the chain", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.signer = RimSpec::Signer::stranger_listed_last; }},
    {"bad-rim-signer-early", "a manifest whose signer is not valid yet", kOpen, "nvidia.rim_stale", [](Parts& p) { p.vbios.early_signer = true; }},
    {"bad-rim-alternatives-lowered", "fewer alternatives than values", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "alternatives=\"2\"", "alternatives=\"1\""); }; }},
    {"bad-rim-hash-upper", "a value in upper case after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         const std::size_t at = x.rfind("Hash0=\"") + 7;  // one with letters
         for (std::size_t i = at; x[i] != '"'; ++i)
           if (x[i] >= 'a') x[i] = static_cast<char>(x[i] - 'a' + 'A');
       };
     }},
    {"bad-rim-hash-changed", "a value changed after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         const std::size_t at = x.find("Hash0=\"") + 7;
         x[at] = x[at] == '0' ? '1' : '0';
       };
     }},
    {"bad-rim-hash-short", "a signed value of 47 bytes", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.before_signing = [](std::string& x) { x.erase(x.find("Hash0=\"") + 7, 2); }; }},
    {"bad-rim-version-renamed", "a manifest of another version, renamed after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) {
       p.vbios.version = "96.00.A5.00.02";
       p.vbios.after_signing = [](std::string& x) { replace_all(x, "96.00.A5.00.02", "96.00.A5.00.01"); };
     }},
    {"bad-driver-rim-for-vbios", "the driver's manifest in the place of the VBIOS's", kOpen, "nvidia.rim_missing", [](Parts& p) { p.with_vbios = false; }},
    {"bad-rim-nested-root", "a second SoftwareIdentity inside", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) { x.insert(x.find("<Payload>"), "<SoftwareIdentity name=\"GH100\"></SoftwareIdentity>"); };
     }},
    {"bad-rim-second-root", "a second SoftwareIdentity behind the first", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x += "<SoftwareIdentity name=\"GH100\"></SoftwareIdentity>"; }; }},
    {"bad-rim-digest-comment", "a comment inside the digest", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x.insert(x.find("</ds:DigestValue>"), "<!---->"); }; }},
    {"bad-own-values-differ", "a measurement that none of the operator's values matches", kFail, "nvidia.measurement_mismatch",
     [](Parts& p) { use_own_values(p, Bytes(48, 9)); }},
    {"bad-own-values-other-chip_S15", "values for another chip", kOpen, "nvidia.rim_missing",
     [](Parts& p) { use_own_values(p, p.report.measurements.at(0), "GB100"); }},
    {"bad-own-values-other-driver_S15", "values for another driver", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       opaque_of(p, 3) = Bytes{'5', '8', '0', '.', '0'};
       use_own_values(p, p.report.measurements.at(0));
     }},
    {"bad-own-values-short", "a value of 47 bytes", kOpen, "nvidia.rim_missing", [](Parts& p) { use_own_values(p, Bytes(47, 9)); }},
    {"bad-own-values-embedded_S8", "reference values that came along with the evidence", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       use_own_values(p, p.report.measurements.at(0));
       p.embed_rims = true;
     }},
    {"bad-rim-embedded_S8", "the manifests came along with the evidence", kOpen, "nvidia.rim_missing", [](Parts& p) { p.embed_rims = true; }},
};

}  // namespace

std::span<const Row> rim_rows() { return kRows; }

}  // namespace tee::mint::nvidia
