// Reports that break their format, answer another nonce, or say that the device is not what it should be.
#include <algorithm>

#include "base/encoding.h"
#include "mint/nvidia/parts.h"

namespace tee::mint::nvidia {

namespace {

const Row kRows[] = {
    {"bad-nonce", "another nonce than the verifier's", kFail, "freshness.nonce_mismatch", [](Parts& p) { p.report.nonce[31] ^= 1; }},
    {"bad-responder-nonce", "the verifier's nonce only in the response", kFail, "freshness.nonce_mismatch",
     [](Parts& p) {
       p.report.nonce = Bytes(32, 0x77);
       p.report.before_signing = [](Bytes& r) { std::fill(r.begin() + 45 + 64 * 55, r.begin() + 77 + 64 * 55, std::uint8_t{0x55}); };
     }},
    {"bad-signature", "one bit of the signature", kFail, "signature.invalid", [](Parts& p) { p.after_signing = [](Bytes& r) { r.back() ^= 1; }; }},
    {"bad-signed-byte", "one bit of a measurement after signing", kFail, "signature.invalid",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r[60] ^= 1; }; }},
    {"bad-trailing-nonzero", "a byte other than zero behind the signature", kFail, "input.malformed",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r.push_back(7); }; }},
    {"bad-truncated", "the last byte is missing", kFail, "input.malformed", [](Parts& p) { p.after_signing = [](Bytes& r) { r.pop_back(); }; }},
    {"bad-block-count", "one measurement block less than declared", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[41] = 63; }; }},
    {"bad-block-spec", "a block of another measurement specification", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[46] = 2; }; }},
    {"bad-duplicate-index", "an index twice", kFail, "input.malformed", [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[45 + 55] = 1; }; }},
    {"bad-value-length", "a value of 32 bytes", kFail, "input.malformed", [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[50] = 32; }; }},
    {"bad-record-length", "a record length past the end", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[44] = 0xff; }; }},
    {"bad-duplicate-driver-version", "an opaque field twice", kFail, "input.malformed",
     [](Parts& p) { p.report.opaque.emplace_back(3, Bytes{'9'}); }},
    {"bad-nvdec-missing", "no NVDEC0 status", kFail, "nvidia.nvdec_unknown",
     [](Parts& p) { std::erase_if(p.report.opaque, [](const auto& f) { return f.first == 11; }); }},
    {"bad-nvdec-zero", "NVDEC0 status 0x00", kFail, "nvidia.nvdec_unknown", [](Parts& p) { opaque_of(p, 11) = {0}; }},
    {"bad-opaque-version", "opaque data of version 2", kFail, "nvidia.opaque_version", [](Parts& p) { opaque_of(p, 34) = {2, 0}; }},
    {"bad-request-version-1.0", "an SPDM 1.0 request", kFail, "evidence.unrecognised",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[0] = 0x10; }; }},
    {"bad-request-version-1.2", "an SPDM 1.2 request, in evidence JSON", kFail, "input.malformed",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.report.before_signing = [](Bytes& r) { r[0] = 0x12; };
     }},
    {"bad-response-version-1.2", "an SPDM 1.2 response", kFail, "evidence.unrecognised",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[37] = 0x12; }; }},
    {"bad-codes-swapped", "request and response code in each other's place", kFail, "evidence.unrecognised",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { std::swap(r[1], r[38]); }; }},
    {"bad-unsigned-request", "the request did not ask for a signature", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[2] = 0; }; }},
    {"bad-one-measurement-requested", "the request asked for one measurement only", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[3] = 1; }; }},
    {"bad-no-blocks", "no measurement block is declared", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[41] = 0; }; }},
    {"bad-index-zero", "a block of index 0", kFail, "input.malformed", [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[45] = 0; }; }},
    {"bad-indexes-descending", "two blocks in each other's place", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { std::swap(r[45], r[45 + 55]); }; }},
    {"bad-opaque-length", "opaque data longer than the report", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[45 + 64 * 55 + 32] = r[45 + 64 * 55 + 33] = 0xff; }; }},
    {"bad-opaque-empty", "no opaque data", kFail, "input.malformed", [](Parts& p) { p.report.opaque.clear(); }},
    {"bad-opaque-overrun", "an opaque field that reaches past the opaque data", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[45 + 64 * 55 + 34 + 3] = 0x7f; }; }},
    {"bad-signer-of-other-device", "signed by another device", kFail, "signature.invalid", [](Parts& p) { p.foreign_signer = true; }},
    {"bad-declared-nonce", "evidence JSON that names the verifier's nonce around a report with another", kFail, "evidence.type_mismatch",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.json_nonce = std::string(64, '5');
       p.report.nonce = Bytes(32, 0x66);
     }},
    {"bad-nonce-of-other-length", "a nonce that no report can carry", kFail, "binding.unsupported",
     [](Parts& p) { p.flags = {"--genuine-only", "--nonce", std::string(32, '5')}; }},
    {"bad-driver-below-floor_S15", "the driver is older than demanded, though its digits sort later", kFail, "nvidia.firmware_floor",
     [](Parts& p) { p.flags.insert(p.flags.end(), {"--min-gpu-driver", "570.100"}); }},
    {"bad-vbios-below-floor_S15", "the VBIOS is older than demanded", kFail, "nvidia.firmware_floor",
     [](Parts& p) { p.flags.insert(p.flags.end(), {"--min-gpu-driver", "570.86.15", "--min-gpu-vbios", "96.00.A5.00.02"}); }},
    {"bad-switch-below-floor_S15", "the switch's firmware is older than demanded", kFail, "nvidia.firmware_floor",
     [](Parts& p) {
       make_switch(p);
       p.flags.insert(p.flags.end(), {"--min-switch-bios", "96.10.56"});
     }},
    {"bad-driver-version-unreadable_S15", "a floor was given, and the report's version is no version", kFail, "nvidia.firmware_floor",
     [](Parts& p) {
       opaque_of(p, 3) = Bytes{'n', 'e', 'w'};
       p.flags.insert(p.flags.end(), {"--min-gpu-driver", "1.0"});
     }},
    {"bad-switch-unlisted", "a switch that the GPUs do not list", kFail, "nvidia.topology",
     [](Parts& p) {
       add_fabric(p);
       for (auto& [type, value] : p.others[1].report.opaque)
         if (type == 22) value = Bytes(8, 0x12);
     }},
    {"bad-gpus-list-other-switches", "two GPUs that list different switches", kFail, "nvidia.topology",
     [](Parts& p) {
       add_fabric(p);
       for (auto& [type, value] : p.others[0].report.opaque)
         if (type == 22) value = Bytes(8, 0x12);
     }},
    {"bad-switches-list-other-gpus", "two switches that list different GPUs", kFail, "nvidia.topology",
     [](Parts& p) {
       add_fabric(p);
       opaque_of(p, 22) = {0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11, 0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x21};
       p.others[0].report = p.report;
       p.others.push_back(p.others[1]);
       for (auto& [type, value] : p.others[2].report.opaque) {
         if (type == 22) value[0] = 0x21;
         if (type == 26) value[0] ^= 1;
       }
     }},
    {"bad-more-gpus-than-listed", "two GPUs beside a switch that lists one", kFail, "nvidia.topology",
     [](Parts& p) {
       add_fabric(p);
       for (auto& [type, value] : p.others[1].report.opaque)
         if (type == 26) std::fill(value.begin() + 8, value.begin() + 64, std::uint8_t{0});
     }},
    {"bad-switch-id-not-reversed", "a GPU that lists the switch's id in the byte order of the switch", kFail, "nvidia.topology",
     [](Parts& p) {
       add_fabric(p);
       Bytes& id = opaque_of(p, 22);
       std::reverse(id.begin(), id.end());
       p.others[0].report = p.report;
     }},
    {"bad-switch-unlocked", "a switch whose configuration can still be changed", kFail, "nvidia.switch_unlocked",
     [](Parts& p) {
       add_fabric(p);
       for (auto& [type, value] : p.others[1].report.opaque)
         if (type == 25) value = {0, 0};
     }},
    {"bad-nonces-differ", "two devices that answered different nonces", kFail, "nvidia.nonces_differ",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.others = {{.report = p.report}};
       p.others[0].report.nonce = Bytes(32, 0x66);
     }},
};

}  // namespace

std::span<const Row> report_rows() { return kRows; }

}  // namespace tee::mint::nvidia
