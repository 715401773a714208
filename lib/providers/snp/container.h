// The wrappings in which a report arrives, and how one is told from other evidence. Floor F3.
//
// A bare report of 1184 bytes; a firmware response (AMD SEV-SNP ABI 56860, MSG_REPORT_RSP: header of 32
// bytes, report, zeros up to 4000 bytes); a report followed by a certificate table (GHCB 56421, SNP
// Extended Guest Request).
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace tee::snp {

struct Container {
  enum class Form { report, response, extended } form = Form::report;
  ByteView report;  // empty when there is none
  ByteView table;   // extended: a well-formed certificate table with at least one entry, else empty
  std::optional<Error> problem;  // what breaks the wrapping; the report can still be judged
};
Container open_container(ByteView evidence);
std::string_view to_string(Container::Form form);

// By structure alone: a report, whole or cut, or a firmware response around one.
bool recognise(ByteView evidence);

// Entries of 24 bytes up to an all-zero one, every offset behind them and inside the table, and nothing but
// zeros outside of what the entries name. Number of entries.
Result<std::size_t> check_table(ByteView table);

}  // namespace tee::snp
