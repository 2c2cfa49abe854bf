using Spectre.Console;
using Spectre.Console.Rendering;

namespace CryptoSim.Cli.Rendering;

/// <summary>A table border that is one thin rule under the heads.</summary>
internal sealed class ThinRule : TableBorder
{
    /// <inheritdoc/>
    public override bool Visible => true;

    /// <inheritdoc/>
    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator => "─",
        _ => "",
    };
}
