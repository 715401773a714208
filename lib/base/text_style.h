// How text for people may look: which characters and whether colours. Decided once per stream by lib/cli. Floor F0.
#pragma once

namespace tee {

enum class Glyphs { ascii, unicode };
enum class Colour { off, on };

struct TextStyle {
  Glyphs glyphs = Glyphs::ascii;
  Colour colour = Colour::off;
};

}  // namespace tee
