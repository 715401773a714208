// What the certificate chain says about a device: its architecture, its identity and its firmware id. Floor F3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/x509.h"

namespace tee::nvidia {

enum class Arch { hopper, blackwell, ls10 };
std::string_view to_string(Arch a);                       // HOPPER, BLACKWELL, LS10
std::optional<Arch> arch_from(std::string_view name);     // as evidence JSON spells it
inline bool is_switch(Arch a) { return a == Arch::ls10; }

// By the common name of the identity certificate ([1] of the chain): GH100…, GB10x…/GB20x…, LS_10….
std::optional<Arch> arch_of(const crypto::Certificate& identity);
// The chip's name in reference manifests: GH100, GB100, …, LS10.
std::string chip_name(const crypto::Certificate& identity);

// Firmware id in the leaf. Hopper and LS10: TCG DICE CompositeDeviceID (2.23.133.5.4.1), the last 48 bytes. Blackwell:
// DiceTcbInfo (2.23.133.5.4.1.1), first entry of fwids [6]. nullopt: no such extension. Error: one that cannot be read.
Result<std::optional<Bytes>> leaf_fwid(const crypto::Certificate& leaf);

// Decimal of the leaf's serial number: the device id that NVIDIA's claims call ueid.
std::string ueid(const crypto::Certificate& leaf);

}  // namespace tee::nvidia
