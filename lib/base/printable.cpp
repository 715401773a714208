// Text for people: what may be shown as it is, what must be escaped, and the nearest known word.
#include <algorithm>

#include "base/encoding.h"

namespace tee {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string hex_of(std::uint32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  do {
    out.insert(out.begin(), kDigits[value & 15]);
    value >>= 4;
  } while (value != 0);
  return out;
}

}  // namespace

// RFC 3629 section 4.
Utf8Char first_utf8(std::string_view text) {
  if (text.empty()) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  std::size_t length = 0;
  char32_t value = 0, smallest = 0;
  if (lead >= 0xc2 && lead <= 0xdf) {
    length = 2, value = lead & 0x1f, smallest = 0x80;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    length = 3, value = lead & 0x0f, smallest = 0x800;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    length = 4, value = lead & 0x07, smallest = 0x10000;
  } else {
    return {};
  }
  if (text.size() < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return {};
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  if (value < smallest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {};
  return {value, length};
}

bool acts_on_display(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c < 0x20 || within(0x7f, 0x9f)) return true;                          // C0, DEL, C1
  if (c == 0x61c || c == 0x200e || c == 0x200f) return true;                // Arabic letter mark, LRM, RLM
  if (within(0x202a, 0x202e) || within(0x2066, 0x2069)) return true;        // embeddings, overrides, isolates
  if (c == 0x2028 || c == 0x2029) return true;                              // line and paragraph separator
  if (c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff) return true;  // soft hyphen, zero widths, BOM
  return within(0xfff9, 0xfffb) || within(0xe0000, 0xe007f);                // annotations, invisible tags
}

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t good = 0;
  while (good < text.size()) {
    if (static_cast<unsigned char>(text[good]) < 0x80) {
      ++good;
      continue;
    }
    const std::size_t length = first_utf8(text.substr(good)).length;
    if (length == 0) break;
    good += length;
  }
  return good;
}

bool valid_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

std::string printable(std::string_view foreign, std::size_t max_bytes) {
  std::string out;
  std::size_t shown = 0;
  while (shown < foreign.size()) {
    const Utf8Char c = first_utf8(foreign.substr(shown));
    const std::size_t length = std::max<std::size_t>(c.length, 1);
    if (shown + length > max_bytes) {
      out += "…";
      break;
    }
    if (c.length == 0) {
      const auto byte = static_cast<unsigned char>(foreign[shown]);
      out += (byte < 0x10 ? "\\x0" : "\\x") + hex_of(byte);
    } else if (acts_on_display(c.value)) {
      out += "\\u{" + hex_of(c.value) + "}";
    } else {
      out += foreign.substr(shown, length);
    }
    shown += length;
  }
  return out;
}

namespace {

// Levenshtein distance, with a swap of neighbours counting one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::size_t allowed = word.size() > 8 ? 3 : 2;
  std::string_view best;
  std::size_t best_distance = allowed + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t difference =
        candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
    if (difference > allowed) continue;  // also keeps a long foreign word from costing anything
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < candidate.size()) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace tee
