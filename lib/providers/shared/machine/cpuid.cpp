#include "providers/shared/machine/cpuid.h"

#include <charconv>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace tee::machine {

namespace {

constexpr std::size_t kLargestFile = 1 << 20, kMostLeaves = 4096;

// Twelve characters in three registers, in the order in which a leaf has them.
std::string characters(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  std::string out;
  for (const std::uint32_t word : {a, b, c})
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((word >> shift) & 0xff);
  while (!out.empty() && (out.back() == '\0' || out.back() == ' ')) out.pop_back();
  return out;
}

std::optional<Registers> of_processor([[maybe_unused]] std::uint32_t number, [[maybe_unused]] std::uint32_t subleaf) {
#if defined(__x86_64__) || defined(__i386__)
  Registers r;
  __cpuid_count(number, subleaf, r.eax, r.ebx, r.ecx, r.edx);
  return r;
#else
  return std::nullopt;
#endif
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// Takes "0x…" of at most 8 digits from the front.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  if (!text.starts_with("0x")) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

struct Row {
  std::uint32_t number, subleaf;
  Registers registers;
};

// "0x00000007 0x00: eax=0x00000002 ebx=0x219c07a9 ecx=0x00400000 edx=0x00000000", as `cpuid -r` writes it.
std::optional<Row> read_row(std::string_view line) {
  Row row{};
  const auto number = take_number(line);
  if (!number || !take(line, " ")) return std::nullopt;
  const auto subleaf = take_number(line);
  if (!subleaf || !take(line, ":")) return std::nullopt;
  row.number = *number;
  row.subleaf = *subleaf;
  const std::pair<std::string_view, std::uint32_t*> fields[] = {
      {" eax=", &row.registers.eax}, {" ebx=", &row.registers.ebx}, {" ecx=", &row.registers.ecx}, {" edx=", &row.registers.edx}};
  for (const auto& [name, into] : fields) {
    if (!take(line, name)) return std::nullopt;
    const auto value = take_number(line);
    if (!value) return std::nullopt;
    *into = *value;
  }
  if (!line.empty()) return std::nullopt;
  return row;
}

}  // namespace

std::string_view to_string(CpuidOrigin origin) {
  switch (origin) {
    case CpuidOrigin::processor: return "processor";
    case CpuidOrigin::file: return "file";
    case CpuidOrigin::none: return "none";
  }
  return "none";
}

Result<Cpuid> Cpuid::parse(std::string_view text) {
  Cpuid out;
  out.origin_ = CpuidOrigin::file;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with("CPU")) continue;
    const auto row = read_row(line);
    if (!row) return fail(code::input_malformed, "line " + std::to_string(number) + " is not a line of `cpuid -r`");
    if (out.recorded_.size() >= kMostLeaves) return fail(code::input_malformed, "more than " + std::to_string(kMostLeaves) + " leaves");
    out.recorded_.emplace(std::pair(row->number, row->subleaf), row->registers);  // the first processor's stays
  }
  return out;
}

Cpuid Cpuid::of(const System& system) {
  Cpuid out;
  if (system.root.empty()) {
    if (of_processor(0, 0)) out.origin_ = CpuidOrigin::processor;
    return out;
  }
  const auto text = system.bytes(kRecordedCpuid, kLargestFile);
  if (!text) {
    if (text.error().code->name != code::platform_absent.name) out.problem_ = text.error().message;
    return out;
  }
  auto parsed = parse(as_text(*text));
  if (parsed) return *std::move(parsed);
  out.problem_ = std::string(kRecordedCpuid) + ": " + parsed.error().message;
  return out;
}

std::optional<Registers> Cpuid::leaf(std::uint32_t number, std::uint32_t subleaf) const {
  if (origin_ == CpuidOrigin::file) {
    const auto row = recorded_.find({number, subleaf});
    return row == recorded_.end() ? std::nullopt : std::optional(row->second);
  }
  if (origin_ == CpuidOrigin::none) return std::nullopt;
  const std::uint32_t range = number & 0xf0000000;
  // The range of hypervisors exists only under one; elsewhere processors answer it with the data of another leaf.
  if (range == 0x40000000 && !virtualised().value_or(false)) return std::nullopt;
  if (number != range) {
    const auto first = of_processor(range, 0);
    if (!first || first->eax < number) return std::nullopt;
  }
  return of_processor(number, subleaf);
}

std::string Cpuid::vendor() const {
  const auto r = leaf(0);
  return r ? characters(r->ebx, r->edx, r->ecx) : std::string();
}

std::string Cpuid::hypervisor() const {
  const auto r = leaf(0x40000000);
  return r ? characters(r->ebx, r->ecx, r->edx) : std::string();
}

std::optional<bool> Cpuid::virtualised() const {
  const auto r = leaf(1);
  if (!r) return std::nullopt;
  return (r->ecx >> 31 & 1) != 0;
}

}  // namespace tee::machine
