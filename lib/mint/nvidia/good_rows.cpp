// Variants that must pass: forms of evidence, chain and manifest that NVIDIA's documents and devices allow.
#include <algorithm>

#include "base/encoding.h"
#include "mint/nvidia/parts.h"

namespace tee::mint::nvidia {

namespace {

const Row kRows[] = {
    {"good", "a Hopper GPU with driver and VBIOS manifests", kPass, "", [](Parts&) {}},
    {"good-switch", "an LS10 switch with its one manifest", kPass, "", make_switch},
    {"good-json", "the same GPU as evidence JSON", kPass, "", [](Parts& p) { p.form = Parts::Form::json; }},
    {"good-trailing-zero", "one zero byte behind the signature", kPass, "",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r.push_back(0); }; }},
    {"good-no-root-in-chain", "the chain ends before the root", kPass, "",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { c.pop_back(); }; }},
    {"good-chain-reversed", "certificates in another order", kPass, "",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { std::reverse(c.begin(), c.end()); }; }},
    {"good-no-fwid", "an old driver without firmware id: visible, no failure", kPass, "",
     [](Parts& p) { std::erase_if(p.report.opaque, [](const auto& f) { return f.first == 20; }); }},
    {"good-rim-crlf", "a manifest with CRLF line ends", kPass, "",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "\n", "\r\n"); }; }},
    {"good-ocsp", "a current OCSP answer: good", kPass, "", [](Parts& p) { p.ocsp = OcspSpec{}; }},
    {"good-own-values", "the operator's own reference values instead of manifests", kPass, "",
     [](Parts& p) { use_own_values(p, p.report.measurements.at(0)); }},
    {"good-floors_S15", "driver and VBIOS are just what is demanded at least", kPass, "",
     [](Parts& p) { p.flags.insert(p.flags.end(), {"--min-gpu-driver", "570.86.15", "--min-gpu-vbios", "96.00.A5.00.01"}); }},
    {"good-switch-floor_S15", "the switch's firmware is newer than demanded, and floors for GPUs do not concern it", kPass, "",
     [](Parts& p) {
       make_switch(p);
       p.flags.insert(p.flags.end(), {"--min-switch-bios", "96.10.54.FF.01", "--min-gpu-driver", "999.0"});
     }},
    {"good-two-gpus", "two devices of one kind", kPass, "",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.others = {{.report = p.report}};
     }},
    {"good-two-gpus-and-switch", "two GPUs that list the switch beside them", kPass, "", add_fabric},
    {"good-json-no-root", "evidence JSON whose chain ends before the root", kPass, "",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.change_chain = [](std::vector<Bytes>& c) { c.pop_back(); };
     }},
    {"good-collateral-of-others", "certificates of another device among the operator's", kPass, "",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c.insert(c.begin(), other->certificates.begin(), other->certificates.end()); }; }},
};

}  // namespace

std::span<const Row> good_rows() { return kRows; }

}  // namespace tee::mint::nvidia
