namespace Tocsin.Server.Traces.Groups;

sealed partial class SqlReduction
{
    /// <summary>Where in the output the arm of a CASE that is open begins, and the one before it; -1: none does.</summary>
    int _arm;
    int _armBefore;

    void ForgetArms() => (_arm, _armBefore) = (-1, -1);

    /// <summary>Before the keyword is written. One arm for each row, as bulk updates have them, is as good as one: equal neighbours are left out.</summary>
    void CloseArm(string keyword)
    {
        if (keyword is not ("CASE" or "WHEN" or "ELSE" or "END"))
        {
            return;
        }
        if (IsArmRepeated())
        {
            _output.Length = _arm;
        }
        else
        {
            _armBefore = _arm;
        }
        _arm = _output.Length;
        if (keyword != "WHEN")
        {
            ForgetArms();
        }
    }

    bool IsArmRepeated()
    {
        var length = _arm - _armBefore;
        return _armBefore >= 0
            && _output.Length - _arm == length
            && _output.ToString(_arm, length) == _output.ToString(_armBefore, length);
    }
}
