// A report as claims: the normalised names of tee-claims(7), and every field under AMD's names. Floor F3.
#pragma once

#include <string>
#include <vector>

#include "evidence/claims.h"
#include "providers/snp/certificates.h"
#include "providers/snp/evidence.h"

namespace tee::snp {

std::vector<std::string> platform_info_names(std::uint64_t platform_info);
std::vector<unsigned> platform_info_unknown_bits(std::uint64_t platform_info);

// `product` and `vek` as far as they are known; without them what depends on them is left out.
Claims make_claims(const Report& report, TcbLayout layout, std::optional<Product> product,
                   const VekProfile* vek);
Json decode_report(const Report& report, TcbLayout layout);
Json decode_vek(const VekProfile& profile);

}  // namespace tee::snp
