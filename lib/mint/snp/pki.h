// A fake AMD: ARK, ASK, ASVK and VEK certificates with AMD's profile under keys made on the spot.
// Part of lib/mint (F3).
//
// RSA-4096 keys are made when first needed and once per process; all product lines share
// them, their names differ.
#pragma once

#include <string>
#include <string_view>

#include "mint/snp/report.h"
#include "mint/x509.h"

namespace tee::mint::snp {

enum class Ca { ark, ask, asvk, stranger };
const crypto::PrivateKey& ca_key(Ca ca);
// A P-384 key that lasts as long as the process; the same name gives the same key.
const crypto::PrivateKey& named_key(const std::string& name);

// AMD's order and string types; the organisation says that it is not AMD.
inline constexpr std::string_view kOrganisation = "Advanced Micro Devices (minted)";
Name amd_name(std::string common_name, std::string_view organisation = kOrganisation);
std::string ca_cn(Line line, Ca ca);  // "ARK-Milan", "SEV-Milan", "SEV-VLEK-Milan"

CertificateSpec ca_spec(Line line, Ca ca);
// For the chip, key kind and reported TCB of that report.
CertificateSpec vek_spec(Line line, Kind kind, const ReportSpec& report, const crypto::PublicKey& key);
CrlSpec crl_spec(Line line, Time now);

// AMD's extensions by the end of their OID, "3.8" or "4".
void set_extension(CertificateSpec& spec, std::string_view suffix, Bytes value);
void remove_extension(CertificateSpec& spec, std::string_view suffix);
Bytes spl(unsigned value);  // AMD's INTEGER

}  // namespace tee::mint::snp
