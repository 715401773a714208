// Everything that goes into one case of the fake NVIDIA, and the tables of variants that change some of it. Part of lib/mint
// (floor F3).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mint/nvidia/device.h"

namespace tee::mint::nvidia {

// Everything that goes into one case; a variant changes some of it.
struct Parts {
  ChainSpec chain;
  ReportSpec report = hopper_report();
  RimSpec driver, vbios;
  bool with_driver = true, with_vbios = true, second_vbios = false, switch_device = false;
  std::optional<OcspSpec> ocsp;
  std::vector<std::string> flags = {"--genuine-only", "--nonce", std::string(64, '5')};
  std::function<void(Bytes& report)> after_signing;
  std::function<void(std::vector<Bytes>& chain)> change_chain;  // DER, leaf first
  enum class Form { report, json } form = Form::report;
  std::string json_arch = "HOPPER", json_nonce = {};  // json_nonce: instead of the report's
  unsigned copies = 1;           // of the device in the JSON
  bool foreign_signer = false;   // the report is signed by another device's key
  bool embed_rims = false;       // the manifests come along in an envelope
  struct Other {                 // a further device in the JSON
    bool same_chip = false;      // the same chip, started anew with another leaf key
    ReportSpec report;
    std::string chip = "GH100";
  };
  std::vector<Other> others;
  std::vector<Artifact> more_collateral;
};

struct Row {
  std::string_view name, what;
  int exit;
  std::string_view code;
  void (*change)(Parts&);
};

inline constexpr int kPass = 0, kFail = 1, kOpen = 4;

// A Hopper GPU with its two manifests; make_switch turns it into an LS10 switch with its one.
Parts good_gpu();
void make_switch(Parts& p);
void add_fabric(Parts& p);  // evidence JSON with a second GPU and a switch, which both GPUs list
// The operator's own reference values for GH100 instead of the manifests; `first` is the value of measurement 0.
void use_own_values(Parts& p, ByteView first, const std::string& chip = "GH100");
Bytes& opaque_of(Parts& p, std::uint16_t type);  // added when absent
void replace_all(std::string& text, std::string_view from, std::string_view to);

std::span<const Row> good_rows();
std::span<const Row> report_rows();
std::span<const Row> chain_rows();
std::span<const Row> rim_rows();

}  // namespace tee::mint::nvidia
